import { MINOR_WORDS } from "./minor-words.ts";

/**
 * The small words that hold sentences together, of the languages that are mistaken for each other. In a post of five
 * words they say more than any statistics of letters: `що` is Ukrainian, `что` Russian. Written down by hand; a word
 * may stand under several languages and then speaks for each.
 */
const WORDS: Readonly<Record<string, string>> = {
  ru: `что как это этот эта эти того этого тот но или ещё еще уже очень меня мне тебя тебе ему ей его её ее их им нас нам
    вас вам был была было были будет буду есть нет нужно надо можно могу может хочу хочет хочешь пожалуйста спасибо да
    кто где куда когда почему потому если из от для после между больше сейчас сегодня завтра вчера она оно они он мы вы
    даже только также тоже чтобы который которая которые которое никогда всегда люблю знаю знает знаешь сказал сказала
    говорит лет год здесь там ничего хорошо плохо человек люди дети и в на с к у не ни же ли бы при под про так вот ну
    ладно давай конечно потом сюда вообще какой какая мой
    моя моё мои твой свой свою своей весь все всё всех один мы привет себя себе чем`,
  uk: `що як це цей ця ці цього той та але або ще вже дуже мене мені тебе тобі йому їй його її їх їм нас нам вас вам був
    була було були буде буду є немає треба потрібно можна можу може хочу хоче хочеш будь ласка дякую так ні хто де куди
    коли чому тому якщо з із зі від для після між більше зараз сьогодні завтра вчора вона воно вони він ми ви навіть
    тільки лише також теж бо чи щоб який яка яке які ніколи завжди люблю знаю знає знаєш сказав сказала каже років рік
    тут там нічого щось добре погано людина люди діти і й в у на до не ж би при під про ось ну мій моя моє мої твій свій
    свою своєї весь все всі всіх один привіт себе собі за чим трохи кожен кожного`,
  be: `што як гэта гэты гэтая гэтыя той але або яшчэ ўжо ужо вельмі мяне мне цябе табе яму яго яе іх ім нас нам вас вам
    быў была было былі будзе буду ёсць няма трэба можна магу можа хачу хоча калі ласка дзякуй так не хто дзе куды чаму
    таму каб з са ад для пасля паміж больш зараз сёння заўтра ўчора яна яно яны ён мы вы нават толькі таксама бо ці які
    якая якое якія ніколі заўсёды люблю ведаю ведае сказаў сказала кажа гадоў год тут там нічога нешта добра людзі і й у
    ў на да ні пры пад пра вось мой мая маё мае свой сваю сваёй увесь усё усе ўсё ўсе сябе сабе`,
  bg: `че какво какъв каква как това този тази тези но или още вече много мен ми теб ти му го ги им нас нам вас беше бяха
    бил била било има няма трябва може мога искам иска моля благодаря да не кой къде кога защо защото ако от с със за до
    след между повече сега днес утре вчера тя то те той ние вие дори само също който която което които никога винаги
    обичам знам знае каза казва години година ден тук там нищо нещо добре лошо човек хора деца и в във на по се ще са
    съм си сме сте е моя моят моята твоя своя един една едно всички всичко`,
  sr: `што шта како ово овај ова ови тога то тај та али или још већ врло веома мене мени тебе теби њему њој га је ју их им
    нас нам вас био била било били биће има нема треба може могу хоћу желим молим хвала да не ко где када зашто јер ако
    из од до за после између више сада данас сутра јуче она оно они он ми ви само такође који која које никад увек волим
    знам зна каже рекао година дан овде тамо ништа нешто добро лоше човек људи деца и у на се су сам си смо сте ће ћу бих
    мој моја моје твој свој сви све један једна`,
  mk: `што како ова овој оваа овие тоа тој таа но или уште веќе многу мене ми тебе ти му ја го ги им нас нам вас беше беа
    има нема треба може можам сакам сака молам благодарам да не кој каде кога зошто затоа ако од со за до по меѓу повеќе
    сега денес утре вчера тие ние вие дури само исто која кои кое никогаш секогаш знам знае рече вели години ден тука таму
    ништо нешто добро лошо човек луѓе деца и во на се ќе сум си сме сте е мој моја твој свој сите сè еден една`,
  en: `the be to of and a in that have i it for not on with he as you do at this but his by from they we say her she
    or an will my one all would there their what so up out if about who get which go me when make can like time no
    just him know take people into year your good some could them see other than then now look only come its over
    think also back after how our work first way even new want because any these give day most us is are was were has
    had been don't i'm it's let's can't didn't doesn't very where why here too more still should must never always
    did does am u ur im dont cant didnt thats whats gonna wanna gotta lol omg please thanks thank hello hi yeah yes
    follow love happy really being got let much someone everyone nothing something today tonight tomorrow morning
    night guys`,
  fr: `le la les un une des du de et à au aux en dans sur pour par avec sans est sont était suis es sommes êtes ai
    as a ont avons avez avait il elle on nous vous ils elles je tu me te se ne pas plus que qui quoi dont où quand
    comment pourquoi ce cet cette ces mon ma mes ton ta tes son sa ses notre votre leur leurs mais ou donc car si
    très bien tout tous toute fait faire être avoir peut c'est j'ai n'est qu'il d'un d'une l'a s'est y aussi encore
    jamais toujours rien merci bonjour salut oui non jai cest jsuis trop ça ca là alors juste aujourd'hui demain hier
    quelle quel même après avant autre vers chez va vais veux faut mdr ptdr jsp wesh vraiment encore gens vie jour soir
    nuit an ans année rien personne quelqu'un chose était étaient depuis pendant sous entre contre deux trop beau belle
    bon bonne mieux moins peu beaucoup parce puis ici tjrs pk mtn vu dit dire voir vouloir`,
  de: `der die das den dem des ein eine einen einem einer und oder aber nicht kein keine ich du er sie es wir ihr
    mich dich sich mir dir uns euch ihn ihm ihnen ist sind war waren bin bist hat haben habe hatte wird werden wurde
    kann können muss müssen soll will wollen zu zum zur im in am an auf aus bei mit nach von vom für über unter durch
    um wie was wer wo wann warum dass wenn als ob auch noch nur schon sehr so mein meine dein sein seine ihre immer
    nie hier da jetzt heute morgen gestern mal doch ja nein bitte danke nichts etwas alles hallo nee nich nix hab ne
    nen is isses aufm halt gut groß grad gerade wieder mehr viel dann denn also beim ins vors gar ganz gleich echt ach naja
    endlich leider vielleicht hätte wäre könnte würde wurden mach macht machen mache gemacht geht gehen gehts kommt komme
    weiß weiss sagt leute tag abend nacht uhr jahr jahre woche schön schöne bisschen wirklich eigentlich trotzdem los lach
    grins moin servus krass geil ey ab zurück ohne gegen seit während beide viele paar deine deiner meiner meinen`,
  es: `el la los las un una unos unas de del y o a al en con por para sin sobre es son era eres soy está están estoy
    estaba fue ha he has han hay no sí que qué quién cómo cuándo dónde porque pero si me te se le lo nos les yo tú él
    ella nosotros ellos usted ustedes mi mis tu tus su sus este esta esto ese esa eso muy más menos también ya todo
    todos nada algo siempre nunca hoy mañana ayer ahora aquí tengo tiene puede puedo quiero quiere hacer ser tom hola
    gracias va voy vas vamos estar estás estas sea gran mejor vida q xq tb vez cada solo sólo así después antes
    jajaja jajajaja nadie alguien donde como cuando hace hacen hacia desde hasta entre contra dice dicen decir ver año
    años día días noche gente buenos buenas buen bueno buena mucho mucha muchos poco pues eso esas esos aquel tan otro
    otra mejor peor amor feliz quien cual cuál dónde`,
  pt: `o a os as um uma uns umas de do da dos das e ou ao à em no na nos nas com por para sem sobre é são era és sou
    está estão estou estava foi há tem não sim que quem como quando onde porque mas se me te lhe eu tu ele ela nós
    eles elas você vocês meu minha seu sua este esta isto esse essa isso muito mais menos também já tudo todos nada
    algo sempre nunca hoje amanhã ontem agora aqui tenho pode posso quero quer fazer ser pra vai vou gente olá
    obrigado obrigada tá tô né aí lá vc vcs tbm tb pq q cê pro amo cada só assim depois antes ninguém alguém kkk kkkk
    muita melhor`,
  it: `il lo la i gli le un uno una di del della dei delle e o a al alla in nel nella con per su sul da dal è sono
    era sei sta ho ha hai hanno abbiamo non sì che chi come quando dove perché ma se mi ti si ci vi lui lei noi voi
    loro io tu mio mia tuo suo sua questo questa quello quella molto più meno anche già tutto tutti niente sempre mai
    oggi domani ieri ora qui fare essere può posso voglio vuole c'è ciao grazie sto fa faccio vado va poi adesso
    proprio solo così dopo prima ancora nessuno qualcuno tutta ne allora bello bella`,
  nl: `de het een en of maar niet geen ik jij je hij zij ze wij we jullie u mij me hem haar ons hun is zijn was
    waren ben bent heeft hebben heb had wordt worden werd kan kunnen moet moeten zal zullen wil te ten in aan op uit
    bij met naar van voor over onder door om als wat wie waar wanneer waarom dat die dit deze ook nog al zeer zo mijn
    jouw altijd nooit hier daar nu vandaag morgen gisteren niets iets alles er naar veel goed hallo bedankt echt weer
    wel gewoon lekker eens zonder tussen tegen`,
  af: `die 'n is nie en van ek jy hy sy ons julle hulle dit dis in op met vir na om te sal kan moet wil was wees baie maar
    ook as wat wie waar hoekom hoe daar hier nou vandag gister môre my jou jy haar hom hulle se by aan uit oor onder het
    gaan kom sê weet dink moenie asseblief dankie iets niks alles iemand`,
  uz: `va bu u men sen biz siz ular bilan uchun emas bor yo'q yoʻq yo‘q kerak juda ham qanday qayerda nima nega kim lekin
    yoki edi mumkin uni meni seni menga senga unga mening sening uning bir har hech endi bugun ertaga kecha yaxshi katta
    qildi bo'ldi boʻldi qilib ва бу мен сен биз сиз улар билан учун эмас бор йўқ керак жуда ҳам нима ким лекин`,
  ca: `el la els les un una uns unes de del dels i o a al als en amb per sense sobre és són era ets soc està estan va ha he
    han hi no sí que què qui com quan on perquè però si em et es li ens us jo tu ell ella nosaltres meu meva seu seva
    aquest aquesta això molt més també ja tot tots res sempre mai avui demà ahir ara aquí tinc té`,
  tr: `bir ve bu şu o da de ki mi mı mu mü için ile gibi kadar ama çok daha en ne niye neden nasıl nerede kim ben
    sen biz siz onlar bana sana ona bizi beni seni onu benim senin onun bizim var yok değil evet hayır olarak olan
    oldu olur her şey hiç şimdi bugün yarın dün iyi güzel lütfen teşekkür ederim istiyorum istemiyorum merhaba bi
    bişey artık sonra önce bütün böyle şöyle hadi tamam neyse`,
  az: `bir və bu o da də ki mi üçün ilə kimi qədər amma çox daha ən nə niyə necə harada kim mən sən biz siz onlar mənə sənə
    ona bizim mənim sənin onun var yox deyil bəli xeyr olaraq olan oldu olur hər şey heç indi bu gün sabah dünən yaxşı`,
  hi: `है हैं का की के को में से और यह वह था थी थे हो क्या नहीं नही मैं तुम हम मेरा मेरी मेरे आप पर ने भी कर रहा रही रहे गया गई एक जो तो
    ही हूँ हूं करते करता करो होगा होते होता मुझे तुम्हें उसे इस उस कोई कुछ अब जब तक साथ लिए बहुत अपने अपना बोलते ये वे कैसे कहाँ`,
  mr: `आहे आहेत आणि हा ही हे तो ती ते होता होती होते नाही मी तू आम्ही माझा माझी माझे तुम्ही वर पण काय करत एक जे झाला झाली केला केली मला
    तुला त्याला आहेस या त्या कोणी काही आता जेव्हा सोबत साठी खूप आपले आपला कसे कुठे असे`,
  ne: `छ छन् छैन हो र यो त्यो थियो थिए होइन म तिमी हामी मेरो तपाईं पनि के गर्न भयो एक जो लाई मलाई उसले अब जब सँग लागि धेरै आफ्नो कसरी
    कहाँ गर्छ गरेको भएको हुन्छ`,
  ar: `في من على إلى أن هذا هذه التي الذي ما لا هو هي كان كانت عن مع أنا أنت نحن هم لم لن قد كل بعد قبل يا ليس ماذا لماذا كيف أين هل
    حتى إذا ذلك عند بين لكن ثم أو كما لقد الله اللهم انا انت الى ان اذا والله يعني بس مو مش اللي كذا وش ليش ايش علي
    عليك عليه لك له لها فيه فيها منه منها وهو وهي ولا وما احنا شي يوم اليوم صباح خير`,
  fa: `است هست این آن را از به در که با برای من تو او ما شما آنها نیست می بود شد شود کرد کند یک چه چرا کجا هم تا اگر خود دارد دارم
    کی هستی هستم بر یا اما باید خیلی همه هیچ پس نه دیگر شده کرده می‌کند می‌شود نمی`,
  ur: `ہے ہیں کا کی کے کو میں سے اور یہ وہ تھا تھی تھے ہو کیا نہیں تم ہم میرا میری آپ پر نے بھی کر رہا رہی رہے گیا ایک جو تو ہی ہوں
    کرنے کرتے ہوگا مجھے اسے اس کوئی کچھ اب جب تک ساتھ لیے بہت اپنے`,
};

/** The languages that have a list. */
export const LISTED: ReadonlySet<string> = new Set([...Object.keys(WORDS), ...Object.keys(MINOR_WORDS)]);

/** A language that a word speaks for, and how loudly: a sign of it alone counts 1. */
export interface Sign {
  readonly lang: string;
  readonly weight: number;
}

/** The languages each word speaks for. */
export const FUNCTION_WORDS: ReadonlyMap<string, readonly Sign[]> = index();

function index(): ReadonlyMap<string, readonly Sign[]> {
  const larger = languagesOf(WORDS);
  const minor = languagesOf(MINOR_WORDS);
  return new Map(
    [...new Set([...larger.keys(), ...minor.keys()])].map((word) => {
      const major = larger.get(word) ?? [];
      const others = minor.get(word) ?? [];
      return [
        word,
        [
          ...major.map((lang) => ({ lang, weight: weight(word, major.length) })),
          ...others.map((lang) => ({ lang, weight: weight(word, major.length + others.length) })),
        ],
      ];
    }),
  );
}

/** A word of one letter may be anything; a word that many languages share says little of each. */
function weight(word: string, languages: number): number {
  return (word.length === 1 ? 0.5 : 1) / languages ** 0.7;
}

function languagesOf(lists: Readonly<Record<string, string>>): ReadonlyMap<string, readonly string[]> {
  const languages = new Map<string, string[]>();
  for (const [language, words] of Object.entries(lists)) {
    for (const word of new Set(words.split(/\s+/))) {
      const known = languages.get(word);
      if (known === undefined) languages.set(word, [language]);
      else known.push(language);
    }
  }
  return languages;
}
