package handlers

import (
	"fmt"
	"strings"
	"testing"

	"footnote/corpus"
)

// TestFirstAsked reads what newcomers ask, in each language as they type it.
func TestFirstAsked(t *testing.T) {
	lib := newRig(t).lib
	for code, kinds := range map[string]map[string]string{
		"en": {
			firstAbout: `what is this about|What's this article about?|whats this abt|wats this about|What is it about?|what is the article about|so what is this all about|tldr|TL;DR|tl;dr please|summarize|Summarise this article|summarize it please|can you summarize this?|
				give me a summary|could you give me a short summary of the article?|a quick summary pls|sum it up|summary|what does this article say?|what does the text say|what's the main point of this article?|what is the gist|
				tell me about this article|what is in this article|what is this text about exactly|waht is this abuot|summerize|sumarize this|what's in this?|what are the key points|explain this article|give me an overview|can u summarize this for me|
				what's going on in this article|give me the short version|in short, what is this about?|eli5|summarise it in two sentences|what topics does this article cover|I haven't read it, what is it about?|what's this one about`,
			firstWritten: `when was this written|When was this article published?|when was it written?|when was the article written|how old is this article|what's the date of this article|when is this from|what date is this from|is this article recent?|publication date|when did this article come out?|when was this publshed|how recent is this|what year was this written|
				when did they write this|is it a recent article?|how long ago was this written|when's this from`,
			firstAuthor: `who wrote this|Who wrote it?|who is the author|who's the author?|who wrote this article?|who is the author of this article|author|who is this by|who wrote the text|what's the name of the author|who worte this|whos the writer of this|
				who's it by|who's the person that wrote this?|name of the author`,
			firstSource: `what's the source|what is the source of this article?|sources|source?|what are your sources|where is this from|where does this article come from?|where did you get this|where do you get your information from|who published this article|which newspaper is this from|is there a link to the article|link|what is your source|
				what's the source of this info|where can I find the full article|can I have a link to the original article|where is this info from`,
			firstArticles: `what articles do you have|What articles do you have?|which articles are there|list articles|list all articles|show me the articles|what texts do you know|how many articles do you have|what topics do you cover?|articles|what is in the library|what documents do you have|which articles can i ask about|what do you know|wat articles do u have|
				what have you got|show me a list of articles|what are you able to talk about`,
			firstHelp: `help|Help!|help me|help please|what can I ask|what can i ask you|what can i ask here?|how does this work|How does this work?|who are you|who r u|what are you|what can you do|what can you do for me|what is this bot|how do I use this|how do i ask a question|are you a bot?|are you human|commands|
				what do you do|what questions can I ask|what kind of questions can you answer|how does this bot work|hi, who are you?|instructions|i need help|can you help me|what is this|hello what can you do|how to use this bot|
				what are you able to do|how do I ask you something|what's your purpose`,
		},
		"de": {
			firstAbout: `worum geht es|Worum geht's?|worum gehts hier|worum geht es in dem Artikel?|um was geht es da|wovon handelt der Text|Wovon handelt dieser Artikel?|fass zusammen|Fass den Artikel zusammen|fasse das bitte kurz zusammen|kannst du das zusammenfassen?|Zusammenfassung|Zusammenfassung bitte|
				gib mir eine Zusammenfassung|gib mir eine kurze zusammenfassung des artikels|tldr|was steht in dem artikel|was steht drin|was ist das thema|Was sagt der Artikel?|worum geht es in diesem text eigentlich|worüber ist der artikel|worum dreht sich der text|Kannst du mir sagen, worum es geht?|
				was steht denn drin?|gib mir mal nen überblick|kannst du das in einem satz zusammenfassen?|ich hab's nicht gelesen, worum geht es?|inhalt?`,
			firstWritten: `wann wurde das geschrieben|Wann wurde der Artikel veröffentlicht?|wann ist der text erschienen|von wann ist der artikel|von wann ist das|wie alt ist der artikel|aus welchem jahr ist der text|wann erschien der Artikel|datum|welches datum hat der artikel|ist der artikel aktuell|wann wurde es geschrieben|wann wurde das veröfentlicht|
				welches datum?`,
			firstAuthor: `wer hat das geschrieben|Wer hat den Artikel geschrieben?|wer ist der autor|wer ist der Autor des Artikels?|von wem ist der text|von wem stammt der artikel|wer schrieb das|autor|Wer ist die Autorin|wer hat es geschrieben|wie heißt der autor|
				wer schreibt das?|wer hat's geschrieben?|name des autors?`,
			firstSource: `was ist die quelle|Quelle?|quellen|woher kommt der artikel|woher hast du das|wo wurde das veröffentlicht|aus welcher zeitung ist der artikel|woher stammt der text|was sind deine quellen|welche quelle hat der artikel|gibt es einen link|wer hat das veröffentlicht|
				woher stammt die information|wo finde ich den originalartikel`,
			firstArticles: `welche artikel hast du|Welche Artikel gibt es?|welche texte kennst du|liste der artikel|zeig mir alle artikel|wie viele artikel hast du|artikel|was hast du alles|welche Themen kennst du|welche dokumente hast du|
				zu welchen themen kann ich fragen?|worüber weißt du bescheid?`,
			firstHelp: `hilfe|Hilfe!|hilf mir|was kann ich fragen|was kann ich dich fragen?|was kann ich hier fragen|wie funktioniert das|Wie funktioniert das hier?|wer bist du|was bist du|was kannst du|was kannst du alles|wie benutze ich dich|bist du ein bot|befehle|anleitung|was machst du|welche fragen kann ich stellen|was ist das|hallo, wer bist du denn|kannst du mir helfen|
				was geht hier?|wie kann ich dich fragen?|was kann der bot?|wie frage ich dich was?`,
		},
		"es": {
			firstAbout: `de qué trata|¿De qué trata esto?|de que trata el articulo|¿De qué va este artículo?|de que va|sobre que es esto|resumen|resume|resúmelo|hazme un resumen|dame un resumen del artículo|¿Puedes hacer un resumen?|tldr|¿cuál es el tema del artículo?|qué dice el artículo|resume el articulo por favor|de qué habla el texto|resumen por favor|dame un resumen breve|
				¿me lo resumes?|cuéntame de qué trata|en resumen, ¿de qué va?`,
			firstWritten: `cuándo se escribió esto|¿Cuándo se publicó el artículo?|cuando fue escrito|de cuándo es|¿De qué fecha es este artículo?|de que año es|fecha de publicación|cuando se publico este texto|qué tan reciente es este artículo|¿cuándo fue publicado?|
				¿cuándo escribieron esto?|¿qué fecha tiene?|¿cuándo lo escribieron?`,
			firstAuthor: `quién lo escribió|¿Quién escribió este artículo?|quien escribio esto|quién es el autor|¿Quién es el autor del artículo?|autor|quien es la autora|de quién es este texto|cómo se llama el autor|
				¿quién lo escribe?|¿quién es el que escribió esto?|nombre del autor`,
			firstSource: `cuál es la fuente|fuente|¿De dónde sale este artículo?|de donde es esto|¿Cuáles son tus fuentes?|en qué periódico se publicó el artículo|quién publicó este artículo|de dónde sacaste esta información|tienes un enlace|
				¿de qué periódico es?|¿dónde se publicó?|pásame el enlace`,
			firstArticles: `qué artículos tienes|¿Qué artículos hay?|que articulos tienes|lista de artículos|muéstrame los artículos|cuántos artículos tienes|qué temas conoces|dime qué artículos tienes|qué textos hay|
				muestra todos los artículos|¿de qué sabes?`,
			firstHelp: `ayuda|ayúdame|¿Cómo funciona esto?|como funciona|qué puedo preguntar|¿Qué te puedo preguntar?|que puedo preguntarte|quién eres|¿Quién eres?|qué eres|qué puedes hacer|qué sabes hacer|cómo se usa esto|eres un bot|comandos|hola, ¿qué puedes hacer?|qué es esto|para qué sirves|necesito ayuda|
				¿qué cosas puedes hacer?|¿para qué es este bot?|¿en qué me puedes ayudar?`,
		},
		"fr": {
			firstAbout: `de quoi ça parle|De quoi ça parle ?|de quoi parle cet article|De quoi parle l'article ?|de quoi parle-t-il|de quoi s'agit-il|c'est à propos de quoi|résumé|resume|résume|résume l'article|fais-moi un résumé|Peux-tu résumer ce texte ?|donne-moi un résumé de l'article|tldr|que dit l'article|quel est le sujet de l'article ?|de quoi est-il question|Peux-tu me faire un résumé ?|de quoi traite ce texte|résume-moi l'article stp|ça parle de quoi|
				en gros ça dit quoi ?|il dit quoi l'article ?|qu'est-ce qu'il raconte cet article ?`,
			firstWritten: `quand a-t-il été écrit|Quand est-ce que ça a été écrit ?|quand cet article a-t-il été publié|Quand l'article a-t-il été publié ?|de quand date cet article|de quand ça date|ça date de quand|date de publication|quelle est la date de l'article|quand a été écrit cet article|de quelle année date ce texte|
				il date de quand cet article ?|c'est récent ?`,
			firstAuthor: `qui a écrit ça|Qui a écrit cet article ?|qui l'a écrit|qui est l'auteur|Qui est l'auteur de l'article ?|auteur|c'est qui l'auteur|de qui est ce texte|qui a rédigé cet article|
				c'est qui qui a écrit ça ?|c'est de qui ?|quel est le nom de l'auteur ?|l'auteur c'est qui ?`,
			firstSource: `quelle est la source|source|sources|d'où vient cet article|d'où ça vient|quelles sont tes sources|Quelle est la source de cet article ?|qui a publié cet article|dans quel journal est paru cet article|tu as un lien|d'où sors-tu ces informations|
				ça vient d'où ?|c'est quoi la source ?|où est-ce que tu as trouvé ça ?|je peux avoir le lien ?|où lire l'article original ?`,
			firstArticles: `quels articles as-tu|Quels articles y a-t-il ?|quels articles tu as|liste des articles|montre-moi les articles|combien d'articles as-tu|liste les articles|quels textes connais-tu|quels sont les articles|
				t'as quoi comme articles ?|de quoi tu peux parler ?`,
			firstHelp: `aide|aide-moi|Comment ça marche ?|comment ça fonctionne|ça marche comment|que puis-je demander|Qu'est-ce que je peux demander ?|qui es-tu|t'es qui|tu es qui|que sais-tu faire|qu'est-ce que tu sais faire|à quoi tu sers|comment utiliser ce bot|tu peux faire quoi|quelles questions puis-je poser|es-tu un robot|commandes|c'est quoi ça|bonjour, qui es-tu ?|j'ai besoin d'aide|
				comment on fait pour poser une question ?|je peux te demander quoi ?`,
		},
		"ru": {
			firstAbout: `о чём это|О чем эта статья?|о чем статья|про что это|про что текст|о чём идёт речь|О чём говорится в статье?|кратко|перескажи|перескажи кратко|краткое содержание|дай краткое содержание|сделай краткий пересказ|резюме|суть|в чём суть|что в статье|расскажи о статье|tldr|перескажи статью|можешь пересказать статью?|какая тема статьи|
				о чём вообще статья?|о чем тут речь?|а о чём это всё?|можешь кратко пересказать?|в двух словах о чём это|чё за статья?|кратко о чём текст`,
			firstWritten: `когда это написано|Когда была написана статья?|когда опубликована эта статья|когда вышла статья|какого числа статья|от какого числа статья|дата публикации|дата|когда это было опубликовано|какого года статья|насколько свежая эта статья|
				от какого числа новость?|это свежая статья?|за какой год статья?`,
			firstAuthor: `кто это написал|Кто написал статью?|кто автор|кто автор статьи|Кто автор этой статьи?|автор|кем написана статья|чья это статья|кто её написал|
				имя автора`,
			firstSource: `какой источник|источник|откуда это|откуда эта статья|откуда взята статья|где опубликована статья|какие у тебя источники|Кто опубликовал статью?|откуда информация|есть ссылка|из какой газеты статья|
				откуда это взято?|где оригинал?`,
			firstArticles: `какие статьи у тебя есть|Какие статьи есть?|какие у тебя есть статьи|список статей|покажи статьи|покажи все статьи|сколько статей у тебя|какие тексты есть|статьи|что ты знаешь|
				покажи список статей`,
			firstHelp: `помощь|помоги|как это работает|Как это работает?|как ты работаешь|что можно спросить|что я могу спросить|Что у тебя можно спросить?|кто ты|ты кто|что ты умеешь|что ты можешь|как пользоваться|как тобой пользоваться|ты бот?|команды|что это|привет, что ты умеешь?|кто ты такой|какие вопросы можно задать|
				ты кто такой?|что тут можно делать?|о чём можно спрашивать?`,
		},
		"ar": {
			firstAbout: `عن ماذا يتحدث هذا|عن ماذا تتحدث المقالة؟|عما يتحدث المقال|عمّ يتحدث النص؟|عن ماذا هذا المقال|ملخص|لخص|لخص المقال|لخّص لي المقالة من فضلك|أعطني ملخصًا|أعطني ملخصا للمقال|هل يمكنك تلخيص المقال؟|ما موضوع المقال|ما هو موضوع هذه المقالة؟|ماذا يقول المقال|عن ايش المقال|حول ماذا يدور النص؟|ما ملخص المقال|باختصار عن ماذا هذا|
				ما هذا المقال؟|لخصلي المقال|عن إيه المقال ده؟`,
			firstWritten: `متى كتب هذا|متى كُتب هذا المقال؟|متى نشر المقال|متى نُشرت المقالة؟|متى تم نشر هذا المقال|ما تاريخ المقال|ما تاريخ نشر هذا المقال؟|تاريخ النشر|من أي عام هذا المقال|
				متى تم نشره؟`,
			firstAuthor: `من كتب هذا|من كتب المقال؟|من كتبه|من هو الكاتب|من الكاتب؟|من هو كاتب المقال|من مؤلف النص|الكاتب|مين كتب المقال|
				اسم الكاتب`,
			firstSource: `ما المصدر|ما هو المصدر؟|المصدر|ما مصدر هذا المقال|من أين هذا|من أين هذا المقال؟|ما هي مصادرك|أين نشر المقال|من أين حصلت على هذه المعلومات|من نشر هذا المقال|
				ما مصدر المعلومات؟`,
			firstArticles: `ما المقالات التي لديك|ما هي المقالات الموجودة؟|ما المقالات المتاحة|قائمة المقالات|اعرض المقالات|كم مقالة لديك|ماذا لديك|ما المواضيع التي تعرفها`,
			firstHelp: `مساعدة|ساعدني|المساعدة|كيف يعمل هذا؟|كيف يعمل|ماذا يمكنني أن أسأل|ماذا يمكنني أن أسألك؟|ماذا أستطيع أن أسأل|من أنت|من أنت؟|ما أنت|ماذا تفعل|ماذا تستطيع أن تفعل؟|كيف أستخدم هذا|كيف أستخدم البوت؟|هل أنت بوت|الأوامر|ما هذا|مرحبا، من أنت؟|
				بماذا تساعدني؟|عن ماذا يمكنني أن أسأل؟`,
		},
	} {
		for kind, list := range kinds {
			for text := range strings.SplitSeq(list, "|") {
				if f := readFirst(lib, strings.TrimSpace(text)); f.kind != kind {
					t.Errorf("%s: %q is read as %q, want %q", code, strings.TrimSpace(text), f.kind, kind)
				}
			}
		}
	}
}

// TestWordings makes the regular expressions of every language.
func TestWordings(t *testing.T) {
	for code, w := range languages() {
		if _, err := w.FirstAsked.compile(); err != nil {
			t.Errorf("%s.txt, FirstAsked: %v", code, err)
		}
	}
}

// TestNotFirstAsked leaves what is asked of an article's content to be answered.
func TestNotFirstAsked(t *testing.T) {
	lib := newRig(t).lib
	for _, text := range strings.Split(`who did this?|who made this?|who is behind this?|what can we do?|what should I do?|how do I get started?|how many pages does it have?|how many articles does it contain?|what documents are there?|what topics does it cover?|what commands exist?|what is the report about?|who wrote this letter?|when was this book written?|what sources are there?|where does the news come from?|how old is he?|
		wer hat das gemacht?|was soll ich tun?|was kann man tun?|wie alt ist sie?|woher kommt er?|worum geht es im bericht?|wer hat dieses buch geschrieben?|wann wurde dieser brief geschrieben?|was passiert hier?|wie viele seiten gibt es?|welche themen gibt es?|wer hat das veröffentlicht?|
		¿quién hizo esto?|¿qué se puede hacer?|¿de dónde es?|¿de dónde viene?|¿cuándo se hizo?|¿cómo funciona?|¿cómo va?|¿cuántas páginas tiene?|¿qué documentos hay?|¿de qué trata este libro?|¿qué son los comandos?|¿qué día es?|
		qui a fait ça ?|que peut-on faire ?|comment faire ?|d'où vient-il ?|quand est-elle sortie ?|combien de pages y a-t-il ?|quels sont les thèmes ?|de quoi parle ce livre ?|quelle est la date ?|
		что можно сделать?|как начать?|как это устроено?|откуда она?|когда он вышел?|кто написал эту книгу?|о чём эта книга?|какие документы есть?|кто?|
		ماذا يمكن فعله؟|كيف أبدأ؟|من أين هو؟|متى كتب هذا الكتاب؟|عن ماذا يتحدث هذا الكتاب؟|ما الأخبار؟|من نشر الخبر؟|
		what is this war about?|what is the dispute about|when was the letter written?|when was the bridge built|who wrote the letter to the council?|who wrote the song|help for the refugees|
		who helps the refugees|what help did they get|how does the pump work|how does the new toll work?|what did the author say|what is the source of the fire|where does the water come from|when was the treaty published|
		who are the rebels|who is the mayor|what can the union do|what can residents do|what articles of the treaty were changed|how old is the captain|what is the name of the ferry|summary execution|why was this done|
		what is the strike about|tell me about the ferry|tell me about the storm|explain the toll|when was this decided|who made this decision|what does the union say|how many articles does the law have|what is a ferry|what is barley|
		who is behind the attack|what happened|why|and the wounded?|who said this|what is the date of the election|where is the bridge|what does he say about this|when did this happen|how old is the bridge|who owns this company|
		worum geht es im Streit|Worum geht es bei dem Krieg?|wann wurde der brief geschrieben|wer hat den brief geschrieben|hilfe für die flüchtlinge|wie funktioniert die pumpe|wer ist der bürgermeister|was kann die stadt tun|woher kommt das wasser|welche artikel der verfassung wurden geändert|wie alt ist die brücke|
		de qué trata la guerra|cuándo se escribió la carta|quién escribió la carta|ayuda para los refugiados|cómo funciona la bomba|de dónde viene el agua|quién es el alcalde|
		de quoi parle le traité|quand la lettre a-t-elle été écrite|qui a écrit la lettre|aide aux réfugiés|comment marche la pompe|qui est le maire|d'où vient l'eau|
		о чем договор|когда было написано письмо|кто написал письмо|помощь беженцам|как работает насос|кто такой мэр|откуда вода|что умеет насос|
		عن ماذا تدور الحرب|متى كتبت الرسالة|من كتب الرسالة|مساعدة اللاجئين|كيف تعمل المضخة|من هو العمدة|من أين يأتي الماء`, "|") {
		if f := readFirst(lib, strings.TrimSpace(text)); f.kind != "" && !f.perhaps {
			t.Errorf("%q is read as %q", strings.TrimSpace(text), f.kind)
		}
	}
}

// TestFirstReplies compares whole replies to what is asked first.
func TestFirstReplies(t *testing.T) {
	for _, c := range []struct{ name, text, article string }{
		{"first-about", "What's this about?", "lake-ferry"},
		{"first-written", "when was this written?", "lake-ferry"},
		{"first-undated", "how old is this article", "archive/note"},
		{"first-author", "who wrote it", "lake-ferry"},
		{"first-author-unknown", "who is the author?", "archive/note"},
		{"first-source", "what's the source", "lake-ferry"},
		{"first-which", "summarize", ""},
		{"first-titled", "what is Barley harvest falls short in the Ember valley about?", ""},
		{"first-articles", "what articles do you have?", ""},
		{"first-help", "what can I ask?", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			golden(t, c.name, dump(newRig(t).do(slash("ask", "question", c.text, "article", c.article))))
		})
	}
	for _, code := range []string{"ar", "de", "es", "fr", "ru"} {
		text := map[string]string{"ar": "ملخص", "de": "Worum geht's?", "es": "¿De qué trata?", "fr": "De quoi ça parle ?", "ru": "О чём это?"}[code]
		r := languageRig(t, code).do(slash("ask", "question", text))
		golden(t, "first-about-"+code, dump(r))
	}
}

// TestFirstInConversation asks of the article that is talked of: by a reply, by
// Follow up, by a button of the list, and in a channel that is switched on.
func TestFirstInConversation(t *testing.T) {
	rig := newRig(t)
	answered := rig.do(slash("ask", "question", "How many people were injured?"))
	m := replying("and when was it written?", "")
	m.ReferencedMessage = messageOf(answered)
	if got := rig.hear(m); got == nil || !strings.Contains(got.Content, "Ferry runs aground") || !strings.Contains(got.Content, "12 June 2019") {
		t.Errorf("a reply gets %+v", got)
	}
	if got := rig.do(fill(answered, rig.do(rig.press(answered, "Follow up")), "what is this about?")); !strings.Contains(got.Data.Content, "This is how *Ferry runs aground") {
		t.Errorf("a follow-up gets\n%s", dump(got))
	}
	which := rig.do(slash("ask", "question", "when was this written?"))
	if got := rig.do(rig.press(which, "About 2")); !strings.Contains(got.Data.Content, `"when was this written?"`) || !strings.Contains(got.Data.Content, "2 November 2026") {
		t.Errorf("a choice gets\n%s", dump(got))
	}
	if got := rig.hear(said("help")); got != nil {
		t.Errorf("in a channel that is switched off: %s", got.Content)
	}
	if err := rig.store.SetChannel(testGuild, testChannel, true); err != nil {
		t.Fatal(err)
	}
	if got := rig.hear(said("tldr")); got == nil || !strings.Contains(got.Content, rig.words.WhichArticle) {
		t.Errorf("in a channel that is switched on: %+v", got)
	}
}

// TestFirstOrContent asks what an article may tell itself: it is asked first.
func TestFirstOrContent(t *testing.T) {
	a := corpus.FromParagraphs("The council's new report", "en", []string{
		"The council met on Monday in the town hall of Quillstead.",
		"The report was written in 2014 by Ida Marlow, an engineer from Port Ember.",
		"The source of the leak is a cracked pipe under the mill.",
		"A written offer is valid for three years.",
	})
	for text, want := range map[string]string{
		"who wrote the report?":           "Ida Marlow",
		"when was the report written?":    "2014",
		"what is the source of the leak?": "a cracked pipe",
		"when was it written?":            "gives no date",
		"who wrote this article?":         "I do not have the name",
		"when was this article written?":  "gives no date",
		"what is this about?":             "The council met on Monday",
	} {
		rig := rigOf(t, []*corpus.Article{a})
		if got := rig.do(slash("ask", "question", text)).Data.Content; !strings.Contains(got, want) {
			t.Errorf("%q: want something with %q, got\n%s", text, want, got)
		}
	}
}

// TestFirstAuthor tells who wrote an article, in every language of replies.
func TestFirstAuthor(t *testing.T) {
	for code, text := range map[string]string{
		"en": "who wrote this?", "de": "Wer hat das geschrieben?", "es": "¿Quién escribió esto?", "fr": "Qui a écrit ça ?", "ru": "Кто это написал?", "ar": "من كتب هذا؟",
	} {
		a := corpus.FromParagraphs("Quillstead", code, []string{"Ida Marlow."})
		a.Author, a.Source = "Jane *Roe*, Sam Poe", "Mole Gazette"
		got := rigOf(t, []*corpus.Article{a}).do(slash("ask", "question", text)).Data.Content
		if !strings.Contains(got, `Jane \*Roe\*, Sam Poe`) || !strings.Contains(got, "Mole Gazette") || !strings.Contains(got, "Quillstead") {
			t.Errorf("%s: got\n%s", code, got)
		}
	}
}

// TestManyArticles turns the pages of a list of articles with long titles.
func TestManyArticles(t *testing.T) {
	var articles []*corpus.Article
	for i := range 60 {
		a := corpus.FromParagraphs(fmt.Sprintf("%02d %s", i, strings.Repeat("*long* ", 20)), "en", []string{"The ferry left the quay in the morning."})
		a.ID = fmt.Sprintf("a%02d", i)
		articles = append(articles, a)
	}
	rig := rigOf(t, articles)
	r := rig.do(slash("ask", "question", "list all articles"))
	seen := map[string]bool{}
	for range 60 {
		next := ""
		for _, b := range buttonsOf(r.Data.Components) {
			if strings.HasPrefix(b.Label, "About ") {
				seen[b.Label] = true
			}
			if strings.HasPrefix(b.Label, "Next ") {
				next = b.Label
			}
		}
		if next == "" {
			break
		}
		r = rig.do(rig.press(r, next))
	}
	if len(seen) != 60 {
		t.Errorf("%d of 60 articles are listed", len(seen))
	}
}
