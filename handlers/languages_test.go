package handlers

import (
	"os"
	"strings"
	"testing"

	"github.com/bwmarrin/discordgo"

	"footnote/answer"
	"footnote/corpus"
)

// languageRig is a bot with the articles of testdata/languages that are in
// these languages.
func languageRig(t *testing.T, codes ...string) *rig {
	t.Helper()
	return rigOf(t, languageArticles(t, codes...))
}

func languageArticles(t *testing.T, codes ...string) []*corpus.Article {
	t.Helper()
	var articles []*corpus.Article
	for _, code := range codes {
		if _, err := os.Stat("testdata/languages/" + code); err != nil {
			t.Fatalf("the folder handlers/testdata/languages/%s is missing: the tests ask every language that has a file in handlers/text about articles in it; put one or two there", code)
		}
		lib, err := corpus.LoadFS(os.DirFS("testdata/languages/" + code))
		if err != nil || len(lib.Problems) > 0 {
			t.Fatal(err, lib.Problems)
		}
		articles = append(articles, lib.Articles...)
	}
	return articles
}

// reading is an interaction of a person whose Discord is set to a locale.
func reading(i *discordgo.Interaction, l discordgo.Locale) *discordgo.Interaction {
	i.Locale = l
	return i
}

// TestLanguages asks libraries in other languages than English: they answer in
// theirs, from the first line to the buttons.
func TestLanguages(t *testing.T) {
	for _, test := range []struct {
		name, code string
		do         *discordgo.Interaction
	}{
		{"de-ask", "de", slash("ask", "question", "Wie viele Menschen wurden verletzt?")},
		{"de-answered", "de", slash("ask", "question", "Kauft die Mühle gestern noch Gerste?")},
		{"de-none", "de", slash("ask", "question", "Wer gewann das Schachturnier?")},
		{"de-none-local", "de", reading(slash("ask", "question", "Wer gewann das Schachturnier?"), discordgo.German)},
		{"de-english-question", "de", slash("ask", "question", "What did the government say about the election?")},
		{"de-search", "de", slash("search", "words", "Gerste")},
		{"de-search-none", "de", slash("search", "words", "Unterseeboot")},
		{"de-article", "de", slash("article")},
		{"de-outline", "de", slash("article", "name", "faehre")},
		{"de-declared", "de", slash("verletzte")},
		{"de-status", "de", manage(subStatus)},
		{"de-status-local", "de", reading(manage(subStatus), discordgo.German)},
		{"es-ask", "es", slash("ask", "question", "¿Cuántas personas resultaron heridas?")},
		{"es-article", "es", slash("article")},
		{"fr-ask", "fr", slash("ask", "question", "Combien de personnes ont été blessées ?")},
		{"fr-article", "fr", slash("article")},
		{"ru-ask", "ru", slash("ask", "question", "Сколько человек пострадало при аварии?")},
		{"ru-answered", "ru", slash("ask", "question", "Во вторник паром налетел на риф?")},
		{"ru-search", "ru", slash("search", "words", "паром")},
		{"ru-article", "ru", slash("article")},
		{"ru-status", "ru", manage(subStatus)},
		{"ar-ask", "ar", slash("ask", "question", "كم شخصًا أصيب في الحادث؟")},
		{"ar-answered", "ar", slash("ask", "question", "هل أنقذت قوارب الصيد نحو 180 آخرين؟")},
		{"ar-none", "ar", slash("ask", "question", "من فاز ببطولة الشطرنج؟")},
		{"ar-article", "ar", slash("article")},
		{"ar-status", "ar", manage(subStatus)},
		{"mixed-article", "de ru", slash("article")},
	} {
		t.Run(test.name, func(t *testing.T) {
			golden(t, test.name, dump(languageRig(t, strings.Fields(test.code)...).do(test.do)))
		})
	}
}

// TestStatusOfEachLanguage lists all that can be wrong: it fits into a message.
func TestStatusOfEachLanguage(t *testing.T) {
	for code := range languages() {
		if code == "en" {
			continue // see TestStatus
		}
		rig := languageRig(t, code)
		rig.conn = Connection{ContentRefused: true, Index: strings.Repeat("0", 64), InMemory: true, Read: 12000, ToRead: 100000}
		i := manage(subStatus)
		i.AppPermissions = 0
		rig.do(i)
	}
}

// TestForeignQuestion asks in another language than the library's: the reply
// says so in the library's, and says nothing of it where the two are one.
func TestForeignQuestion(t *testing.T) {
	for _, c := range []struct{ code, question, want string }{
		{"de", "What did the government say about the election?", "Deine Frage scheint in einer Sprache (en) zu sein"},
		{"ru", "Was hat die Regierung über die Wahl gesagt?", "Похоже, вопрос задан на языке (de)"},
		{"ar", "What did the government say about the election?", "يبدو أن سؤالك بلغة (en)"},
		{"de ru", "What did the government say about the election?", "Your question seems to be in a language (en)"},
		{"de ru", "Was hat die Regierung über die Wahl gesagt?", ""},
		{"de", "Was hat die Regierung über die Wahl gesagt?", ""},
	} {
		rig := languageRig(t, strings.Fields(c.code)...)
		notice, _, _ := strings.Cut(rig.words.Language, "(")
		got := rig.do(slash("ask", "question", c.question)).Data.Content
		if c.want == "" && strings.Contains(got, notice) || !strings.Contains(got, c.want) {
			t.Errorf("%s, %q: got %s\nwant something with %q", c.code, c.question, got, c.want)
		}
	}
}

// TestLanguageFollowsLibrary replaces the library under a running bot by one in
// another language, by a mixed one, and by none.
func TestLanguageFollowsLibrary(t *testing.T) {
	rig := languageRig(t, "fr")
	for _, c := range []struct{ articles, speaks string }{{"de", "de"}, {"ru", "ru"}, {"de ru", "en"}, {"ar", "ar"}, {"", "en"}, {"es", "es"}} {
		lib, err := answer.Empty()
		if c.articles != "" {
			lib = libraryOf(t, languageArticles(t, strings.Fields(c.articles)...))
		}
		if err != nil {
			t.Fatal(err)
		}
		rig.opt.Live.Swap(lib)
		w := languages()[c.speaks]
		if got := rig.do(slash("ask", "question", "")).Data.Content; got != w.EmptyQuestion {
			t.Errorf("%q: an interaction gets %q, want %q", c.articles, got, w.EmptyQuestion)
		}
		if got, want := rig.hear(mentioning("")).Content, strings.TrimSuffix(w.Greeting, "%s"); !strings.HasPrefix(got, want) {
			t.Errorf("%q: a message gets %q, want %q", c.articles, got, want)
		}
		if got := rig.Interaction(late(t), slash("ask", "question", "x y z")).Data.Content; got != w.Busy {
			t.Errorf("%q: where too much is asked an interaction gets %q, want %q", c.articles, got, w.Busy)
		}
		if got := rig.WireWords().Failed; got != w.Failed {
			t.Errorf("%q: what the wire says is %q, want %q", c.articles, got, w.Failed)
		}
	}
}
