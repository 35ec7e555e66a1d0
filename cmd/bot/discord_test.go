package main

import (
	"strings"
	"testing"

	"footnote/sandbox"
)

// What a person can do in Discord, done through the stand-in with the real
// session, registration and callbacks. Each scenario has a bot of its own; what
// all have in common is checked when they end: see rig.clean.
func TestInDiscord(t *testing.T) {
	for name, scenario := range map[string]func(*rig){
		"the article's own commands": ownCommands,
		"ask and share":              askAndShare,
		"free text":                  freeText,
		"messages to the bot":        messagesToTheBot,
		"buttons":                    buttons,
		"search":                     search,
		"articles":                   theArticles,
		"suggestions":                suggestions,
		"message menu":               messageMenu,
		"settings":                   settingsOfAServer,
		"not an answer":              notAnAnswer,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			scenario(newRig(t))
		})
	}
}

func ownCommands(r *rig) {
	m := r.slash(r.reader, "/who-backs haftar")
	r.holds(m, "/who-backs Haftar", "26 September 2019", "paragraph 10",
		"Who: Egypt, United Arab Emirates, United States, Russia, France. Whom: Khalifa Haftar.")
	r.quotes(m)
	if m.Private() {
		r.t.Error("the answer is private")
	}
	m = r.slash(r.reader, "/who-backs sarraj")
	r.holds(m, "Who: Turkey, Qatar. Whom: Fayez al-Sarraj.")
	r.quotes(m)
	m = r.slash(r.reader, "/casualties")
	r.holds(m, "1,093", "5,752", "120,000")
	r.quotes(m)
}

func askAndShare(r *rig) {
	m := r.slash(r.reader, "/ask question:how many people were displaced?")
	r.holds(m, `asked: "how many people were displaced?"`, "displaced some 120,000 others", "World Health Organization")
	r.quotes(m)

	private := r.slash(r.reader, "/ask question:who backs haftar? private:true")
	if private.Viewer != r.reader.User {
		r.t.Fatalf("a private answer is seen by %q", private.Viewer)
	}
	if private.Button("Share here") == nil {
		r.t.Fatal("a private answer cannot be shared")
	}
	shared := r.press(r.reader, private, "Share here")
	if shared.Private() {
		r.t.Error("what was shared is private")
	}
	if got, want := r.quotes(shared), r.quotes(private); strings.Join(got, "|") != strings.Join(want, "|") {
		r.t.Errorf("shared %q, want %q", got, want)
	}

	// The id that the terminal prints brings the same answer back.
	lib, done := r.bot.live.Use()
	id := lib.Suggest("", "", 1)
	done()
	if len(id) == 0 {
		r.t.Fatal("no question is suggested")
	}
	r.quotes(r.slash(r.reader, "/ask question:"+id[0]))
}

func freeText(r *rig) {
	m := r.answer(r.reader, "who backs haftar?", "")
	r.holds(m, `Answer: "Egypt, the United Arab Emirates`)
	r.quotes(m)

	// Silent in the same channel without an answer, or without a question, and
	// in the other channel always.
	r.holds(r.answer(r.reader, "who won the hockey league?", ""), "I found nothing in my articles", "When I do not reply to a question here")
	r.silent(r.reader, "who won the hockey league?")
	r.silent(r.reader, "good morning everybody")
	r.silent(r.As("reader", "news"), "who backs haftar?")
}

func messagesToTheBot(r *rig) {
	news := r.As("reader", "news")
	mention := r.answer(news, "<@"+r.bot.app.ID+"> who backs sarraj", "")
	r.holds(mention, `Answer: "Turkey and Qatar"`)
	r.quotes(mention)

	dm := r.As("reader", "dm")
	r.quotes(r.answer(dm, "how many were wounded?", ""))
	r.holds(r.answer(dm, "who won the hockey league?", ""), "I found no passage that answers this.")

	// A reply to the bot is a follow-up of the question before.
	first := r.answer(dm, "how many people were killed?", "")
	r.holds(first, "1,093")
	next := r.answer(dm, "and wounded?", first.ID)
	r.holds(next, `asked, after "how many people were killed?": "and wounded?"`, "5,752")
	r.quotes(next)

	// A mention without a word, and a text that mentions everybody and is repeated.
	r.holds(r.answer(news, "<@"+r.bot.app.ID+">", ""), "Ask me about my articles")
	r.answer(news, "<@"+r.bot.app.ID+"> does @everyone know **who** <@"+r.reader.User+"> is?", "")
}

func buttons(r *rig) {
	m := r.slash(r.reader, "/ask question:who backs haftar")
	quote := r.quotes(m)[0]

	context := r.press(r.moderator, m, "Show context")
	if context.Viewer != r.moderator.User {
		r.t.Errorf("the context is seen by %q, want whoever pressed", context.Viewer)
	}
	if got := r.citedSlice(context); got != quote {
		r.t.Errorf("the offsets cut out %q, want the quotation %q", got, quote)
	}
	r.quotes(context)

	others := r.press(r.moderator, m, "Other passages")
	r.quotes(others)
	of := r.press(r.moderator, others, "Context of 1")
	if got := r.citedSlice(of); !strings.Contains(others.Content, got[:10]) || got == quote {
		r.t.Errorf("the context of the first other passage is that of %q", got)
	}
	none := r.seen(r.Press(r.soon(), r.moderator, others.ID, "None of these"))
	if !none.Updated {
		r.t.Error("None of these does not change its message")
	}
	r.holds(none.Message, "I have no better passage")

	form := r.seen(r.Press(r.soon(), r.moderator, m.ID, "Follow up")).Modal
	if form == nil {
		r.t.Fatal("Follow up opens no form")
	}
	next := r.seen(r.SubmitModal(r.soon(), r.moderator, form, map[string]string{form.Fields[0].CustomID: "who backs him, al-Sarraj?"})).Message
	r.holds(next, `Moderator asked, after "who backs haftar": "who backs him, al-Sarraj?"`, "Turkey and Qatar")
	r.quotes(next)
}

func search(r *rig) {
	m := r.slash(r.reader, "/search words:Haftar")
	r.holds(m, "passages with *Haftar* in 1 article")
	r.quotes(m)
	pages := 1
	for {
		next := ""
		for _, b := range m.Buttons() {
			if strings.HasPrefix(b.Label, "Next") && !b.Disabled {
				next = b.Label
			}
		}
		if next == "" {
			break
		}
		o := r.seen(r.Press(r.soon(), r.reader, m.ID, next))
		if !o.Updated || o.Message.Content == m.Content {
			r.t.Fatalf("%s does not turn the page", next)
		}
		m = o.Message
		r.quotes(m)
		if pages++; pages > 20 {
			r.t.Fatal("the pages do not end")
		}
	}
	if pages < 2 {
		r.t.Errorf("the search has %d page", pages)
	}
	r.holds(r.slash(r.reader, "/search words:zeppelin"), "0 mentions of *zeppelin* in 1 article")
}

func theArticles(r *rig) {
	front := r.slash(r.reader, "/article")
	r.holds(front, "a bot that answers questions about articles.", "I have 1 article", "I store no other questions")
	pressed := false
	for _, b := range front.Buttons() {
		if strings.Contains(b.CustomID, "|try|") {
			r.quotes(r.press(r.reader, front, b.CustomID))
			pressed = true
		}
	}
	if !pressed {
		r.t.Error("the front page has no question to press")
	}
	r.holds(r.slash(r.reader, "/article libya-2019-09-26"), "Haftar says he is ready to talk", "Paragraph 1:")
	r.holds(r.slash(r.reader, "/article atlantis"), `I have no article "atlantis"`)
}

func suggestions(r *rig) {
	for option, typed := range map[string]string{"question": "who", "article": "haftar"} {
		choices, err := r.Autocomplete(r.soon(), r.reader, "ask", option, map[string]any{option: typed})
		if err != nil || len(choices) == 0 || len(choices) > 25 {
			r.t.Errorf("%s: %d suggestions, %v", option, len(choices), err)
			continue
		}
		if option == "question" {
			m := r.seen(r.Slash(r.soon(), r.reader, "ask", map[string]any{"question": choices[0].Value}))
			r.quotes(m.Message)
		}
	}
}

func messageMenu(r *rig) {
	id := r.post(r.As("moderator", "news"), "who backs haftar", "")
	o := r.seen(r.MessageMenu(r.soon(), r.As("reader", "news"), "Ask about this", id))
	if !o.Message.Private() {
		r.t.Error("the words of another person are repeated for everybody")
	}
	r.quotes(o.Message)
}

func settingsOfAServer(r *rig) {
	// Discord hides the command from members; a server can show it to them.
	if _, err := r.Line(r.soon(), r.reader, "/footnote status"); err == nil {
		r.t.Error("a member is offered /footnote")
	}
	r.Update(func(w *sandbox.World) {
		w.Guilds[0].Allowed = map[string][]string{"footnote": {r.reader.User}}
	})
	for _, line := range []string{"/footnote status", "/footnote pause on", "/footnote channel off"} {
		r.holds(r.slash(r.reader, line), "Only members who may manage the server can do this")
	}
	r.holds(r.slash(r.reader, "/footnote rebuild"), "Only the owner of this application")

	status := r.slash(r.moderator, "/footnote status")
	r.holds(status, "Connection: up", "/who-backs", "Library: 1 article; newest 26 September 2019", "Paused: no", "This channel: I may write here", "<#"+r.reader.Channel+">")
	if !status.Private() {
		r.t.Error("the status is not private")
	}

	news := sandbox.Caller{User: r.moderator.User, Channel: r.As("moderator", "news").Channel}
	r.silent(news, "who backs haftar?")
	r.holds(r.slash(news, "/footnote channel on"), "I now answer questions without being mentioned")
	r.quotes(r.answer(news, "who backs haftar?", ""))
	r.holds(r.slash(news, "/footnote channel off"), "I now answer only when I am mentioned")
	r.silent(news, "who backs haftar?")

	r.holds(r.slash(r.moderator, "/footnote pause on"), "I am paused on this server")
	r.holds(r.slash(r.reader, "/who-backs haftar"), "I am paused on this server")
	r.holds(r.answer(r.reader, "<@"+r.bot.app.ID+"> who backs haftar?", ""), "I am paused on this server")
	r.unanswered(r.post(r.reader, "<@"+r.bot.app.ID+"> who backs haftar?", ""))
	r.holds(r.slash(r.moderator, "/footnote pause off"), "I answer on this server again.")
	r.answer(r.reader, "who backs haftar?", "")
	r.holds(r.slash(r.moderator, "/footnote rebuild"), "The library is rebuilt. nothing changed")
}

// Every question has one visible outcome, and what is no answer says so.
func notAnAnswer(r *rig) {
	for question, want := range map[string]string{
		"who won the hockey league?":    "I found no passage that answers this.",
		"🦊🦊":                            "I see nothing in this that I could look up.",
		"?!":                            "I see nothing in this that I could look up.",
		strings.Repeat("why oh ", 1000): "at most 500 characters",
	} {
		o, err := r.Slash(r.soon(), r.reader, "ask", map[string]any{"question": question})
		if err != nil {
			if len(question) < 500 {
				r.t.Errorf("%q: %v", question, err)
			}
			continue // Discord does not let it through
		}
		m := r.seen(o, nil).Message
		r.holds(m, want)
		if m.Button("Share here") != nil && !m.Private() {
			r.t.Errorf("%q: a public reply is to be shared", question)
		}
	}
	long := strings.Repeat("why oh ", 250)
	r.holds(r.answer(r.As("reader", "dm"), long, ""), "please ask in at most 500 characters")
}

// A member who asks too much is told so once and privately, and others are not
// held up. A server has a limit too.
func TestLimits(t *testing.T) {
	t.Parallel()
	r := newRig(t, "-member-limit", "2", "-server-limit", "3")
	for range 2 {
		r.quotes(r.slash(r.reader, "/who-backs haftar"))
	}
	m := r.slash(r.reader, "/who-backs haftar")
	r.holds(m, "That is more than 2 questions in a minute")
	if !m.Private() {
		t.Error("the refusal is not private")
	}
	r.quotes(r.slash(r.moderator, "/who-backs haftar"))
	r.holds(r.slash(r.moderator, "/who-backs haftar"), "This server has asked more than 3 questions in a minute")

	// What was answered can be looked into nevertheless.
	r.quotes(r.press(r.reader, r.Messages(r.reader.Channel, r.reader.User)[0], "Context of 1"))
}
