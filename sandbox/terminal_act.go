package sandbox

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// use starts an interaction and shows what comes of it.
func (t *terminal) use(ctx context.Context, begin func() (*Interaction, error)) error {
	i, err := begin()
	if err != nil {
		return err
	}
	o, err := i.Outcome(ctx)
	switch {
	case err != nil:
		return err
	case o.Modal != nil:
		return t.fillForm(ctx, o.Modal)
	case o.Deleted:
		t.printf("(the reply was removed)\n")
	case o.Updated:
		t.printf("(the message changed)\n")
		t.show(o.Message)
	default:
		for _, m := range i.Replies() {
			t.show(m)
		}
	}
	return nil
}

// post writes a message and waits a while for a reply; there may be none.
func (t *terminal) post(ctx context.Context, text, replyTo string) error {
	var bot User
	t.s.Update(func(w *World) { bot = w.Bot })
	called := false
	for _, name := range []string{"@" + bot.Username, "@bot"} {
		if n := indexFold(text, name); n >= 0 {
			called, text = true, text[:n]+"<@"+bot.ID+">"+text[n+len(name):]
			break
		}
	}
	id, err := t.s.Post(ctx, t.by, text, replyTo)
	if err != nil {
		return err
	}
	wait, cancel := context.WithTimeout(ctx, replyPatience+t.s.Held(t.by.Channel))
	defer cancel()
	m, err := t.s.WaitReply(wait, id)
	if err != nil {
		switch {
		case ctx.Err() != nil:
		case called || replyTo != "":
			t.printf("(no reply)\n")
		default:
			t.printf("(no reply; write @bot before it to ask outright, or ? for help)\n")
		}
		return nil
	}
	t.show(m)
	return nil
}

// indexFold finds a part of a text whatever its case; names are ASCII.
func indexFold(text, part string) int {
	for n := 0; n+len(part) <= len(text); n++ {
		if strings.EqualFold(text[n:n+len(part)], part) {
			return n
		}
	}
	return -1
}

// press presses a button or chooses in a select: "1" or "1 value".
func (t *terminal) press(ctx context.Context, what string) error {
	number, value, _ := strings.Cut(strings.TrimSpace(what), " ")
	n, err := strconv.Atoi(number)
	m, merr := t.latest()
	switch {
	case err != nil:
		return errors.New("type ! and the number of a button")
	case merr != nil:
		return merr
	}
	if value == "" {
		bs := m.Buttons()
		if len(bs) == 0 {
			return errors.New("the last message has no buttons")
		}
		if n < 1 || n > len(bs) {
			return fmt.Errorf("the last message has no button %d; its last is !%d", n, len(bs))
		}
		if bs[n-1].URL != "" {
			t.printf("%s\n", bs[n-1].URL)
			return nil
		}
		return t.use(ctx, func() (*Interaction, error) { return t.s.Press(ctx, t.by, m.ID, bs[n-1].CustomID) })
	}
	ss := m.Selects()
	if n < 1 || n > len(ss) {
		return fmt.Errorf("the last message has %d selects", len(ss))
	}
	if k, err := strconv.Atoi(value); err == nil && k >= 1 && k <= len(ss[n-1].Options) {
		value = ss[n-1].Options[k-1].Value
	}
	return t.use(ctx, func() (*Interaction, error) { return t.s.Select(ctx, t.by, m.ID, ss[n-1].CustomID, value) })
}

// latest is the message that was shown last, or the newest of the channel.
func (t *terminal) latest() (*Message, error) {
	if t.last != nil {
		return t.last, nil
	}
	ms := t.s.Messages(t.by.Channel, t.by.User)
	if len(ms) == 0 {
		return nil, errors.New("there is no message here yet")
	}
	return ms[len(ms)-1], nil
}

// fillForm asks for each field of a form and sends it off.
func (t *terminal) fillForm(ctx context.Context, m *Modal) error {
	t.printf("[form] %s\n", m.Title)
	values := map[string]string{}
	for _, f := range m.Fields {
		label := f.Label
		if !f.required() {
			label += " (may stay empty)"
		}
		t.printf("%s: ", label)
		select {
		case <-ctx.Done():
			return ctx.Err()
		case line, ok := <-t.lines:
			if !ok {
				return errors.New("the input ended within a form")
			}
			values[f.CustomID] = line
		}
	}
	return t.use(ctx, func() (*Interaction, error) { return t.s.SubmitModal(ctx, t.by, m, values) })
}

// show prints a message with its buttons.
func (t *terminal) show(m *Message) {
	var author, content string
	t.s.Update(func(w *World) {
		author, content = w.User(m.Author).Username, m.Content
		for _, u := range append([]User{w.Bot}, w.Users...) {
			content = strings.ReplaceAll(content, "<@"+u.ID+">", "@"+u.Username)
		}
		for _, g := range w.Guilds {
			for _, c := range g.Channels {
				content = strings.ReplaceAll(content, "<#"+c.ID+">", "#"+c.Name)
			}
		}
	})
	note := ""
	if m.Private() {
		note = " (only you see this)"
	}
	t.printf("%s%s:\n", author, note)
	if content != "" {
		t.printf("%s\n", PlainText(content))
	}
	for _, e := range m.Embeds {
		for _, part := range []string{e.Title, e.Description} {
			if part != "" {
				t.printf("  [%s]\n", PlainText(part))
			}
		}
	}
	var labels []string
	for n, b := range m.Buttons() {
		labels = append(labels, fmt.Sprintf("[!%d] %s", n+1, b.Label))
	}
	if len(labels) > 0 {
		t.printf("%s\n", strings.Join(labels, "  "))
	}
	for n, s := range m.Selects() {
		t.printf("[!%d …] %s\n", n+1, s.Placeholder)
		for k, o := range s.Options {
			t.printf("    %d. %s\n", k+1, o.Label)
		}
	}
	t.last, t.shown[m.ID] = m, true
}
