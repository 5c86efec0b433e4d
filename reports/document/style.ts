/** The look of a report: quiet, legible on screen and paper, light and dark, without a single request. */
export const STYLE = `
:root{--ink:#1b1f24;--soft:#57606a;--line:#d0d7de;--paper:#fff;--shade:#f6f8fa;--accent:#0550ae;--left:#ffe1e0;--left-ink:#8c1d18;--gain:#dcf5e3;--gain-ink:#0b5a2a}
@media (prefers-color-scheme:dark){:root{--ink:#e6edf3;--soft:#9da7b1;--line:#3d444d;--paper:#0d1117;--shade:#161b22;--accent:#79b8ff;--left:#4a1d1c;--left-ink:#ffb3ae;--gain:#10351f;--gain-ink:#9be9b5}}
*{box-sizing:border-box}
body{margin:0 auto;padding:1.5rem 1.25rem 4rem;max-width:62rem;background:var(--paper);color:var(--ink);font:1rem/1.6 system-ui,"Noto Sans","Noto Sans CJK SC",sans-serif}
[lang|=zh],[lang|=yue],[lang|=ja],[lang|=ko]{font-family:"Noto Sans CJK SC","Noto Sans SC","PingFang SC","Microsoft YaHei",system-ui,sans-serif}
h1{font-size:1.75rem;line-height:1.25;margin:.5rem 0}
h2{font-size:1.3rem;margin:2.25rem 0 .6rem;padding-bottom:.25rem;border-bottom:1px solid var(--line)}
h3{font-size:1.05rem;margin:1.5rem 0 .4rem}
h4{font-size:.9rem;margin:0 0 .4rem}
p,li{max-width:46rem}
.subtitle{color:var(--soft);margin-top:0}
.marking{text-align:center;font-weight:700;letter-spacing:.05em}
.mark{font-weight:600;color:var(--soft)}
.skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:1rem;background:var(--paper);padding:.5rem}
nav{background:var(--shade);border:1px solid var(--line);border-radius:.5rem;padding:.5rem 1rem;font-size:.9rem}
nav ol{columns:2;margin:.25rem 0;padding-left:1.5rem}
a{color:var(--accent)}
a.figure{color:inherit;text-decoration:underline dotted;text-underline-offset:.2em;font-variant-numeric:tabular-nums}
a.cite{text-decoration:none;white-space:nowrap}
.table{overflow-x:auto;margin:1rem 0}
table{border-collapse:collapse;font-size:.87rem;width:100%}
caption{text-align:left;color:var(--soft);padding-bottom:.35rem}
th,td{border-bottom:1px solid var(--line);padding:.35rem .6rem;text-align:left;vertical-align:top}
th{background:var(--shade)}
.number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
figure{margin:1.25rem 0}
.drawing{overflow-x:auto;border:1px solid var(--line);border-radius:.5rem;background:#fff}
.drawing svg{display:block;max-width:100%;height:auto;min-width:40rem}
figcaption{color:var(--soft);font-size:.87rem;margin-top:.4rem}
.comparison{display:grid;grid-template-columns:1fr 1fr;gap:1rem;margin:.75rem 0 1.5rem}
.comparison section{border:1px solid var(--line);border-radius:.5rem;padding:.75rem 1rem;min-width:0}
.comparison p{margin:0;font-size:.92rem;overflow-wrap:anywhere}
del{background:var(--left);color:var(--left-ink);text-decoration:line-through;text-decoration-thickness:1px}
ins{background:var(--gain);color:var(--gain-ink);text-decoration:none;border-bottom:2px solid currentColor}
.heard{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.analyst{border-left:3px solid var(--accent);padding-left:1rem}
code{font-size:.85em;overflow-wrap:anywhere}
.sources{font-size:.85rem}
.sources li:target,tr:target td{background:var(--shade)}
@media screen and (max-width:45rem){.comparison{grid-template-columns:1fr}nav ol{columns:1}}
@page{size:letter;margin:18mm 16mm}
@media print{:root{--ink:#000;--soft:#444;--paper:#fff;--shade:#f4f4f4;--line:#bbb;--accent:#000;--left:#fde3e2;--left-ink:#7a1511;--gain:#e0f4e6;--gain-ink:#0a4a22}
body{padding:0;max-width:none;font-size:9.5pt;line-height:1.45}p,li{max-width:none}table{font-size:7.6pt}th,td{padding:2pt 4pt;overflow-wrap:anywhere}th{overflow-wrap:normal}.number,.cite{overflow-wrap:normal}.table{overflow:visible}.comparison{gap:6pt}.comparison p{font-size:8pt;line-height:1.4}.comparison section{padding:5pt 7pt}nav,.skip,details{display:none}h2,h3,caption{break-after:avoid}tr,figure{break-inside:avoid}.drawing{overflow:visible}.drawing svg{min-width:0}a{text-decoration:none}thead{display:table-header-group}}
`;
