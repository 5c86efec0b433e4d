/**
 * The small words of languages that the classifiers hardly know (fastText's quantised model has forgotten most of
 * Africa's, ELD's table never had them) and of a few that they take for a larger neighbour. Written down by hand, like
 * the list of the larger languages, from which it differs in one thing: these words never count against those.
 */
export const MINOR_WORDS: Readonly<Record<string, string>> = {
  mi: `te ngā nga he ko i ki kei e ana nei rā tēnei tēnā tērā taua tana tōna tona au ahau koe ia mātou tātou rātou koutou
    māua rāua kua ka kāore kāhore me mō mo mā nō nā hoki ai anō ano atu mai iho ake katoa tangata tāngata taku tō tōku
    whakaaro mea pai wā tētahi ētahi aha wai hea ināianei mehemea kāo āe engari hei i te ki te ana rawa noa ōna āna`,
  la: `et est non ad cum ut qui quae quod sed ex esse sunt ab hoc nec atque ac eius aut enim autem etiam quam ego tu nos
    vos mihi tibi sibi nihil omnia omnes semper numquam nunc tum iam quid quis ubi cur quia erat fuit erit sum sumus habet
    habeo possum potest volo vult dixit nullus tantum sine sub apud haec hic ille illa ipse te
    eum eam eos meus tuus suus noster bene valde magnus multa multi pater mater deus`,
  ga: `an na agus is tá bhí ní níl go le ar ag as faoi ó chun mar gur ach nó cad cé conas cén cá mé tú sé sí muid sinn sibh
    siad seo sin é í iad mo ár raibh bhfuil beidh bheadh nach nár maith anseo ansin freisin anois inniu inné amárach duine
    daoine rud gach aon dom duit dó dúinn agam agat aige aici againn acu orm ort air liom leat leis léi rinne dúirt chuaigh
    tháinig féin sa san ceann bím bíonn`,
  cy: `y yr ac yn ar am ei eu fy dy ein eich mae yw oedd roedd ydy dw wedi nid ddim dim ond neu os pan fel gan gyda wrth
    dros heb sut beth pwy ble pryd pam fe hi ni chi nhw hyn hwn hon rhaid dylai gallaf gwneud mynd dod iawn bod fod sydd
    oes hefyd nawr heddiw ddoe yfory bobl pobl rhywun rhywbeth dwi rwy rydw mewn o'r i'r a'r na'r wyt ydych wnes`,
  zu: `ukuthi futhi noma uma lapho kanye kakhulu ngoba kodwa lokhu lokho kusho ukuze nje manje lapha bonke konke wonke yini
    kuphi kanjani ngani mina wena yena thina nina bona ngiyabonga yebo ngifuna akukho umuntu abantu izinto isikhathi
    namuhla izolo kusasa sengathi wathi bathi kule kulo kulesi ngiyazi angazi ngokuthi yokuthi kuthi lezi labo laba le lo
    lolu leli lesi yakhe wakhe zabo zonke ngemva ngaphandle kwakungaba`,
  xh: `ukuba kwaye okanye xa apho kodwa kakhulu kuba oku oko ukuze nje ngoku apha bonke konke wonke ntoni phi njani kutheni
    mna wena yena thina nina bona enkosi hayi ewe ndifuna akukho umntu abantu izinto ixesha namhlanje izolo ngomso yaye
    wathi bathi kule kulo ndiyazi andazi into emva phambi ngokuba loo eli olu esi ezi abo yakhe wakhe kuyo le lo nokuba
    kukho zonke ngenxa kunye kufuneka wam yam lwam`,
  sn: `kuti uye asi kana nokuti saka iye izvi izvo uyu ichi ini iwe isu imi ivo zvakanaka chii kupi sei vanhu munhu nguva
    nhasi nezuro mangwana akati ndi ndinoda hapana zvino pano apo vose zvose wose kwete kwazvo chaizvo mukati pamusoro
    pasi kubva kusvika pamwe vakati rimwe chete zvikuru nekuti kune pane vake yake zvake yavo`,
  st: `le ke e ho ka ba ea tse sa o ha hore empa kapa hobane joale haholo mona moo mang eng hokae joang nna uena eena rona
    lona bona motho batho ntho lintho nako kajeno maobane hosane tsohle bohle eo tsa ena oa ne tla re se ntse hape feela
    la ao tseo mohla leha ebile`,
  tn: `le ke e go ka ba ya tse ga o fa gore mme kgotsa gonne jaanong thata fano foo mang eng kae jang nna wena ene rona lona
    bone motho batho sengwe dilo nako gompieno maabane kamoso tsotlhe botlhe yo tsa wa se ne tla re gape fela kwa mo jwa
    jaaka fa tlhe setse nngwe gagwe`,
  ts: `na ku ni va leswaku kumbe hikuva kambe sweswi ngopfu laha yini kwihi njhani mina wena yena hina n'wina vona munhu
    vanhu xilo swilo nkarhi namuntlha tolo mundzuku hinkwavo hinkwaswo loko eka xa swa ra ya wa hi ka swi xi ri ti tsi
    lava leyi leswi naswona ntsena`,
  so: `waa iyo in ay oo ka ku la u ma waxa waxaa wuxuu waxay aan aad uu iska soo kale ayaa haddii laakiin sababta maxaa yaa
    xaggee goorma sidee aniga adiga isaga iyada annaga idinka iyaga waan waad maya haa qof dad wax wakhti maanta shalay
    berri ahaa jiray yahay tahay karaa inuu inay markii kasta badan`,
  sw: `na ya wa kwa ni katika za la cha kuwa hii huu hiyo huyo yake wake zake lakini au kama kwamba sana sasa hapa hapo nini
    nani wapi vipi mimi wewe yeye sisi ninyi wao mtu watu kitu vitu wakati leo jana kesho hakuna ndiyo hapana ambao ambayo
    kila baada ili pia bado alikuwa yangu yako wangu wako wetu`,
  yo: `ni ti ó sí àti láti náà fún bí wọ́n wọn kò pé ṣe wà kan yìí mo ẹ jẹ rẹ mi lọ inú nínú gbogbo àwọn awọn tó nígbà nítorí
    ṣùgbọ́n ń fi ọmọ ilé bá gbà sì jù ọ̀pọ̀ ọ̀rọ̀ kí wá ibi`,
  lg: `nti ku mu era naye oba nga ne kubanga kati nnyo wano awo ki otya nze ggwe ye ffe mmwe bo omuntu abantu ekintu ebintu
    obudde leero jjo enkya bonna byonna wonna okuva okutuuka ekyo ono abo oyo eri lwaki teri tewali nnyini olw'okuba
    yali ng'oli kyokka mulimu gwa gye bye`,
  ha: `da na ya ta ba ne ce shi ita su mu ku kuma amma ko wani wata wannan don saboda daga cikin akwai babu sai zai za yana
    tana suna ina kai ke kuke muke yi mutum mutane abu lokaci yau jiya gobe duka sosai haka yadda wane mene`,
  eo: `la kaj estas ne mi vi li ŝi ĝi ni ili al por kun el sur pri kiel kio kiu kie kiam kial ĉar sed aŭ ke tio tiu tie ĉi tre
    pli plej ankaŭ nun hodiaŭ hieraŭ morgaŭ ĉio ĉiuj neniu mia via lia ŝia estis havas povas volas devas unu jam nur tiel`,
  mn: `нь ба юм энэ тэр би чи бид тэд бол гэж байна байсан биш үгүй уу үү яагаад хэн юу хаана хэзээ маш их дээр доор миний
    чиний түүний хүн ямар болон байгаа та шүү даа`,
  kk: `және мен сен ол біз сіз олар бұл осы сол емес жоқ бар үшін бірақ немесе өте қалай қайда қашан неге кім менің сенің
    оның бір барлық керек деп еді болды ма ме ғой да де туралы`,
  ky: `жана мен сен ал биз сиз бул ошол эмес жок бар үчүн бирок же абдан кантип кайда качан эмне ким менин сенин анын бир
    баары керек деп эле болду бы да де`,
  tg: `ва дар аз ба ки ин он ман ту мо шумо онҳо аст буд нест барои бо то ҳам чӣ кӣ куҷо чаро аммо ё агар бисёр ҳаст`,
};
