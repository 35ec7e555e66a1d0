package handlers

import (
	"fmt"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/text/feature/plural"
)

// TestTextFiles finds what a file of words lacks or has too much of, and what
// cannot be read in it.
func TestTextFiles(t *testing.T) {
	all, err := loadWords(textFiles)
	if err != nil {
		t.Error(err)
	}
	if got := strings.Join(slices.Sorted(maps.Keys(all)), " "); got != "ar de en es fr ru" {
		t.Errorf("languages %s; a new one goes into this test too", got)
	}
}

// TestBrokenTextFile loads a file with a fault in each line: each is told, and
// English stands there.
func TestBrokenTextFile(t *testing.T) {
	en, err := textFiles.ReadFile("text/en.txt")
	if err != nil {
		t.Fatal(err)
	}
	const broken = "Asked: %s fragt: \"%s\"\nAsked: twice\nno key\nOld: x\nMonths: a | b\nArticles: one a | one b\nPassages: ein %s | other x\nParagraphs: one %s\nRelativeDates: (\n"
	all, err := loadWords(fstest.MapFS{"text/en.txt": {Data: en}, "text/de.txt": {Data: []byte(broken)}})
	if err == nil {
		t.Fatal("nothing is told")
	}
	for _, want := range []string{"line 2", "line 3", "Old: there is no such key", "Months: 2 names", "Articles:", "Passages:", `Paragraphs: there is no form "other"`, "RelativeDates:", "Answer: there is no text"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q is not told in\n%v", want, err)
		}
	}
	if w := all["de"]; w.Asked != `%s fragt: "%s"` || w.articles(2) != "2 articles" || w.Answer != english().Answer || len(w.RelativeDates.in("It rained yesterday.")) != 1 {
		t.Errorf("not filled up by English: %q, %q, %q", w.Asked, w.articles(2), w.Answer)
	}
	if w := (&words{}); w.fill(nil) == nil || w.articles(3) != "" || w.RelativeDates.in("today") != nil {
		t.Error("without any file there are words")
	}
}

// TestTextVerbs holds each text to take the same things as the English one, be
// it in another order.
func TestTextVerbs(t *testing.T) {
	eachText(t, func(t *testing.T, w *words, key string, text, want any) {
		switch text := text.(type) {
		case string:
			if got, want := verbs(text), verbs(want.(string)); !maps.Equal(got, want) {
				t.Errorf("%s: %q takes %v, the English text %v", key, text, got, want)
			}
		case counted:
			checkForms(t, w, key, text)
		}
	})
}

// verb is what a text takes: %s, %d, or %[2]s.
var verb = regexp.MustCompile(`%(?:\[(\d)\])?(.)`)

// verbs returns the kinds of what a text takes, by their position.
func verbs(text string) map[int]string {
	taken := map[int]string{}
	next := 1
	for _, m := range verb.FindAllStringSubmatch(text, -1) {
		if n, err := strconv.Atoi(m[1]); err == nil {
			next = n
		}
		taken[next] += m[2]
		next++
	}
	return taken
}

// checkForms looks for a form that the language wants and the text has not, for
// one that it never uses, and for one that stands for several numbers and names none.
func checkForms(t *testing.T, w *words, key string, c counted) {
	t.Helper()
	numbers := map[plural.Form]int{}
	for n := range 1001 {
		numbers[plural.Cardinal.MatchPlural(w.language, n, 0, 0, 0, 0)]++
	}
	for name, form := range forms {
		text, ok := c[form]
		switch {
		case ok != (numbers[form] > 0 || form == plural.Other):
			t.Errorf("%s: the form %s is there: %v; the language has it: %v", key, name, ok, !ok)
		case ok && strings.Contains(text, "%") && !maps.Equal(verbs(text), map[int]string{1: "s"}):
			t.Errorf("%s: %q takes more than one %%s", key, text)
		case ok && !strings.Contains(text, "%") && numbers[form] != 1:
			t.Errorf("%s: %q names no number and stands for %d", key, text, numbers[form])
		}
	}
}

// eachText calls f for each exported field of each language with its value and
// the English one.
func eachText(t *testing.T, f func(t *testing.T, w *words, key string, value, english any)) {
	for code, w := range languages() {
		t.Run(code, func(t *testing.T) {
			v, en := reflect.ValueOf(w).Elem(), reflect.ValueOf(english()).Elem()
			for i := range v.NumField() {
				if field := v.Type().Field(i); field.IsExported() {
					f(t, w, field.Name, v.Field(i).Interface(), en.Field(i).Interface())
				}
			}
		})
	}
}

// TestTextLimits holds the texts to Discord's limits and to one another.
func TestTextLimits(t *testing.T) {
	mentioned := regexp.MustCompile(`/[\pL-]+(?: (?:pause|channel|status|rebuild|unanswered))?`)
	known := strings.Fields("/ask /search /said /article /footnote")
	eachText(t, func(t *testing.T, w *words, key string, value, _ any) {
		text, ok := value.(string)
		if !ok {
			return
		}
		limit := 400 // ours, for a sentence
		switch {
		case strings.HasPrefix(key, "Name"):
			if !validName(text) {
				t.Errorf("%s: %q is no name that Discord takes", key, text)
			}
		case strings.HasPrefix(key, "Describe"), strings.HasPrefix(key, "Switch"), strings.HasPrefix(key, "Action"):
			limit = maxDescription
		case strings.HasPrefix(key, "Button"):
			text, limit = strings.ReplaceAll(text, "%d", "10000"), maxLabel-1
		case strings.HasPrefix(key, "Modal"):
			limit = 45
		case strings.HasPrefix(key, "Menu"):
			limit = 32
		}
		if !fits(text, limit) {
			t.Errorf("%s: %q has %d characters, of at most %d", key, text, runes(text), limit)
		}
		for _, command := range mentioned.FindAllString(text, -1) {
			if name, _, _ := strings.Cut(command, " "); !slices.Contains(known, name) {
				t.Errorf("%s: there is no command %s", key, command)
			}
		}
	})
	for code, w := range languages() {
		if !strings.Contains(w.ReplyHint, w.ButtonFollowUp) {
			t.Errorf("%s: ReplyHint does not name the button %q", code, w.ButtonFollowUp)
		}
		if !regexp.MustCompile(`^1[^\w\s]?\p{Z}?000$`).MatchString(w.Thousand) || strings.Contains(w.Thousand, " ") {
			t.Errorf("%s: a thousand is written %q; a space in it must not break the line", code, w.Thousand)
		}
		for word := range w.QuestionWords {
			if word != strings.ToLower(word) {
				t.Errorf("%s: the question word %q has a capital", code, word)
			}
		}
	}
}

// TestRegisteredNames holds the English names to those by which commands are routed.
func TestRegisteredNames(t *testing.T) {
	w := english()
	got := []string{w.NameAsk, w.NameQuestion, w.NameArticle, w.NamePrivate, w.NameSearch, w.NameWords, w.NameArticles, w.NameName,
		w.NameSaid, w.NameSpeaker, w.NameAbout, w.NameView,
		w.NameFootnote, w.NameStatus, w.NameSwitchChannel, w.NameChannel, w.NamePause, w.NameRebuild, w.NameSwitch, w.MenuAskAbout,
		w.NameUnanswered, w.NameAction, w.MenuCheckClaim}
	want := []string{cmdAsk, optQuestion, optArticle, optPrivate, cmdSearch, optWords, cmdArticle, optName,
		cmdSaid, optSpeaker, optAbout, optView,
		cmdFootnote, subStatus, subChannel, optChannel, subPause, subRebuild, optSwitch, cmdAskAbout,
		subUnanswered, optAction, cmdCheckClaim}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestEchoOfEachLanguage reads the first line of a reply back.
func TestEchoOfEachLanguage(t *testing.T) {
	for code, w := range languages() {
		for _, e := range []echo{{Who: "Ann", Question: `who said "no"?`}, {Who: "Ann", Question: "and he?", Previous: "who?"}} {
			want := echo{Question: e.Question, Previous: e.Previous}
			if got, ok := readEcho(e.asked(w)); !ok || got != want {
				t.Errorf("%s: %q is read back as %+v", code, e.asked(w), got)
			}
		}
		for _, format := range []string{w.Searched, w.Listed, w.SaidBy} {
			line := echo{Who: "Ann", Question: "a b"}.line(format)
			if got, ok := readEcho(line); !ok || got.Question != "a b" {
				t.Errorf("%s: %q is read back as %+v", code, line, got)
			}
		}
	}
}

// TestCounts writes numbers of things in languages with many plural forms.
func TestCounts(t *testing.T) {
	for _, c := range []struct {
		code string
		n    int
		want string
	}{
		{"en", 1, "in 1 article"}, {"en", 1234567, "in 1,234,567 articles"},
		{"de", 1, "in 1 Artikel"}, {"de", 12000, "in 12.000 Artikeln"},
		{"es", 1, "en 1 artículo"}, {"es", 2, "en 2 artículos"},
		{"fr", 0, "dans 0 article"}, {"fr", 2, "dans 2 articles"},
		{"ru", 1, "в 1 статье"}, {"ru", 2, "в 2 статьях"}, {"ru", 11, "в 11 статьях"}, {"ru", 21, "в 21 статье"}, {"ru", 1000, "в 1\u00a0000 статьях"},
		{"ar", 1, "في مقالة واحدة"}, {"ar", 2, "في مقالتين"}, {"ar", 3, "في 3 مقالات"}, {"ar", 11, "في 11 مقالة"}, {"ar", 100, "في 100 مقالة"},
	} {
		if got := languages()[c.code].inArticles(c.n); got != c.want {
			t.Errorf("%s, %d: got %q, want %q", c.code, c.n, got, c.want)
		}
	}
}

// TestDatesOfEachLanguage writes a date far back, one of this year, and the
// first of a month, as of 23 November 2026.
func TestDatesOfEachLanguage(t *testing.T) {
	for code, want := range map[string]string{
		"en": "September 2019, 7 years ago | 21 November 2026 (2 days ago) | 1 January 2027",
		"de": "September 2019, vor 7 Jahren | 21. November 2026 (vor 2 Tagen) | 1. Januar 2027",
		"es": "septiembre de 2019, hace 7 años | 21 de noviembre de 2026 (hace 2 días) | 1 de enero de 2027",
		"fr": "septembre 2019, il y a 7 ans | 21 novembre 2026 (il y a 2 jours) | 1er janvier 2027",
		"ru": "сентябрь 2019 года, 7 лет назад | 21 ноября 2026 года (2 дня назад) | 1 января 2027 года",
		"ar": "سبتمبر 2019، قبل 7 سنوات | 21 نوفمبر 2026 (قبل يومين) | 1 يناير 2027",
	} {
		w := languages()[code]
		got := fmt.Sprintf("%s | %s | %s", w.when(date(t, "2019-09-26"), today), w.dayAndAge(date(t, "2026-11-21"), today), w.day(date(t, "2027-01-01")))
		if got != want {
			t.Errorf("%s: got %q, want %q", code, got, want)
		}
	}
}

// TestRelativeDatesOfEachLanguage finds what counts from the day of writing, and
// lets alone what only begins or ends like it.
func TestRelativeDatesOfEachLanguage(t *testing.T) {
	for _, c := range []struct{ code, text, want string }{
		{"de", "Am Dienstag sank sie, vor zwei Tagen, heute Nacht und gestern.", "Am Dienstag|vor zwei Tagen|heute Nacht|gestern"},
		{"de", "Der Morgen am Montagsmarkt; morgen kommt sie, Ende nächster Woche.", "morgen|Ende nächster Woche"},
		{"es", "El martes pasado, hace tres años, ayer; el ayuntamiento.", "El martes pasado|hace tres años|ayer"},
		{"es", "El próximo año y la semana pasada, antes de anteayer.", "El próximo año|la semana pasada|anteayer"},
		{"fr", "Mardi dernier, il y a deux ans, hier soir; l'hierarchie.", "Mardi dernier|il y a deux ans|hier soir"},
		{"fr", "Cette semaine, l’année dernière, aujourd’hui.", "Cette semaine|l’année dernière|aujourd’hui"},
		{"ru", "Во вторник, два года назад, вчера; вечерний город.", "Во вторник|два года назад|вчера"},
		{"ru", "В прошлом году и на этой неделе, на прошлогоднем снегу.", "В прошлом году|на этой неделе"},
		{"ar", "غرقت يوم الثلاثاء الماضي، قبل عامين، أمس.", "يوم الثلاثاء الماضي|قبل عامين|أمس"},
		{"ar", "في هذا العام والأسبوع المقبل، وأمسية.", "في هذا العام"},
		{"en", "yesterday today on Tuesday", "yesterday|today|on Tuesday"},
	} {
		if got := strings.Join(languages()[c.code].RelativeDates.in(c.text), "|"); got != c.want {
			t.Errorf("%s: %q: got %q, want %q", c.code, c.text, got, c.want)
		}
	}
}

// TestQuestionsOfEachLanguage tells a question without a mark from a statement.
func TestQuestionsOfEachLanguage(t *testing.T) {
	for _, c := range []struct {
		code, text string
		want       bool
	}{
		{"de", "Wie viele wurden verletzt", true}, {"de", "viele wurden gestern verletzt", false}, {"de", "„Wer sagte das?“", true},
		{"es", "¿Quién lo dijo", true}, {"es", "el barco se hundió ayer", false},
		{"fr", "Combien de personnes blessées", true}, {"fr", "le bateau a coulé hier", false},
		{"ru", "Сколько людей пострадало", true}, {"ru", "вчера затонуло судно", false},
		{"ar", "كم عدد المصابين هناك", true}, {"ar", "غرقت العبارة أمس هناك", false}, {"ar", "المصابون كثيرون؟", true},
	} {
		if got := languages()[c.code].looksLikeQuestion(c.text); got != c.want {
			t.Errorf("%s: %q: got %v", c.code, c.text, got)
		}
	}
}
