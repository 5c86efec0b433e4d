/** Examples below a command's help: the command line, then what it does. */
export function examples(lines: readonly (readonly [command: string, meaning: string])[]): string {
  return [
    "",
    "Examples:",
    ...lines.flatMap(([command, meaning]) => [`  $ ${command}`, `      ${meaning}`]),
  ].join("\n");
}
