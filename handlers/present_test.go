package handlers

import (
	"strings"
	"testing"

	"footnote/corpus"
)

// TestPresent asks about the present and about the past.
func TestPresent(t *testing.T) {
	const newest = "The newest text here is from 2 November 2026, 3 weeks ago."
	for _, c := range []struct{ question, article, want string }{
		{"How many people are injured now?", "", newest},
		{"Who runs the northern line today?", "", newest},
		{"Who currently runs the northern line", "lake-ferry", "The newest text here is from 12 June 2019, 7 years ago."},
		{"Does the mill still buy barley?", "", newest},
		{"Which is the LATEST chess champion?", "", newest},
		{"At present, who runs the northern line?", "", newest},
		{"Has the mill not bought any barley yet?", "", newest},
		{"Is the bridge open now?", "archive/note", "None of the texts here has a date."},
		{"Who runs the northern line?", "", ""},
		{"Who knows the northern line?", "", ""},
		{`Who said "we run the line now" of the northern line?`, "", ""},
		{"Who said “today” of the northern line?", "", ""},
		{`Who said "now" and runs the northern line today?`, "", newest},
		{"Who distills todayish snow?", "", ""},
	} {
		rig := newRig(t)
		r := rig.do(slash("ask", "question", c.question, "article", c.article))
		lines := strings.Split(r.Data.Content, "\n")
		got := ""
		if strings.Contains(r.Data.Content, "newest text") || strings.Contains(r.Data.Content, rig.words.NewestUndated) {
			got = lines[1]
		}
		if got != c.want {
			t.Errorf("%q: got %q, want %q\n%s", c.question, got, c.want, r.Data.Content)
		}
		if e, ok := readEcho(r.Data.Content); !ok || e.Question != c.question {
			t.Errorf("%q is read back as %q", c.question, e.Question)
		}
	}
	golden(t, "ask-now", dump(newRig(t).do(slash("ask", "question", "Who owns the Sandpiper now?"))))
	golden(t, "ask-now-none", dump(newRig(t).do(slash("ask", "question", "Who is the chess champion now?"))))
}

// TestPresentFollowed asks about the present in the question before: only what
// is asked now counts.
func TestPresentFollowed(t *testing.T) {
	rig := newRig(t)
	r := rig.do(slash("ask", "question", "how many people are injured now?"))
	modal := rig.do(rig.press(r, rig.words.ButtonFollowUp))
	if got := rig.do(fill(r, modal, "and rescued?")).Data.Content; strings.Contains(got, "newest text") {
		t.Errorf("the age is told again:\n%s", got)
	}
	if got := rig.do(fill(r, modal, "and rescued by now?")).Data.Content; !strings.Contains(got, "newest text") {
		t.Errorf("the age is not told:\n%s", got)
	}
}

// TestPresentOfEachLanguage tells questions about the present from others.
func TestPresentOfEachLanguage(t *testing.T) {
	for _, c := range []struct{ code, now, then string }{
		{"de", "Wer ist derzeit Bürgermeister?|Kauft die Mühle noch Gerste?|Wie ist der aktuelle Stand?|Was gilt heute", "Wer war Bürgermeister?|Wer sagte „jetzt erst recht“?|Wer kannte Jetztmann?"},
		{"es", "¿Quién es ahora el alcalde?|¿Sigue cerrado el puente?|¿Cuáles son las últimas cifras?|¿Quién manda hoy?", "¿Quién era el alcalde?|¿Quién dijo «ahora no»?|¿Qué es la actualidad?"},
		{"fr", "Qui est maire aujourd’hui ?|Qui est aujourd'hui le maire ?|Le pont est-il toujours fermé ?|Quel est le bilan actuel ?|Qui dirige en ce moment ?", "Qui était maire ?|Qui a dit « maintenant » ?"},
		{"ru", "Кто сейчас мэр?|Мост всё ещё закрыт?|Каковы последние данные?|Кто теперь главный?", "Кто был мэром?|Кто сказал «сейчас»?"},
		{"ar", "من هو العمدة الآن؟|هل ما زال الجسر مغلقًا؟|ما آخر الأخبار؟|ومن يحكم حاليًا؟", "من كان العمدة؟|من قال «الآن»؟"},
	} {
		rig := languageRig(t, c.code)
		p := rig.page(rig.lib)
		for _, q := range strings.Split(c.now, "|") {
			if len(p.present(q, "")) != 1 {
				t.Errorf("%s: %q is not taken to ask about the present", c.code, q)
			}
		}
		for _, q := range strings.Split(c.then, "|") {
			if got := p.present(q, ""); got != nil {
				t.Errorf("%s: %q gets %q", c.code, q, got)
			}
		}
	}
	// A library in two languages is asked in either.
	rig := languageRig(t, "de", "ru")
	for _, q := range []string{"Wer ist derzeit Bürgermeister?", "Кто сейчас мэр?", "Who is the mayor now?"} {
		if len(rig.page(rig.lib).present(q, "")) != 1 {
			t.Errorf("%q is not taken to ask about the present", q)
		}
	}
	undated := corpus.FromParagraphs("A", "en", []string{"The mill stands by the river."})
	if got := rigOf(t, []*corpus.Article{undated}).page(libraryOf(t, []*corpus.Article{undated})).present("Where is it now?", ""); len(got) != 1 || got[0] != english().NewestUndated {
		t.Errorf("of undated texts: %q", got)
	}
}
