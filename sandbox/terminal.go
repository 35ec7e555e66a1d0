package sandbox

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"
)

// replyPatience is how long the terminal waits for a reply to a message, to
// which silence is a fair answer.
const replyPatience = 2 * time.Second

// Terminal lets a person type at a stand-in: it reads lines from in and writes
// what becomes visible to out, as the reader in #general to begin with; a line
// with ? explains the rest. It returns when the input ends, with the input's
// error if there is one, or when ctx ends; the server goes on. Call it when the
// bot is connected and has registered its commands.
func Terminal(ctx context.Context, in io.Reader, out io.Writer, s *Server) error {
	lines := make(chan string)
	var readErr error
	go func() {
		defer close(lines)
		sc := bufio.NewScanner(in)
		sc.Buffer(nil, 1<<20)
		for sc.Scan() {
			select {
			case lines <- strings.TrimSpace(sc.Text()):
			case <-ctx.Done():
				return
			}
		}
		readErr = sc.Err()
	}()
	t := &terminal{s: s, out: out, lines: lines, by: s.As("reader", "general")}
	for {
		t.prompt()
		select {
		case <-ctx.Done():
			return nil
		case line, ok := <-lines:
			if !ok {
				t.printf("\n")
				return readErr
			}
			if line == "" {
				continue
			}
			if err := t.do(ctx, line); err != nil && ctx.Err() == nil {
				t.printf("(%v)\n", err)
			}
		}
	}
}

// terminal is who types, where, and at what.
type terminal struct {
	s     *Server
	out   io.Writer
	lines <-chan string
	by    Caller
	last  *Message // shown last; its buttons are the ones to press
}

const terminalHelp = `/name words     use a slash command; options in order or as name:value
text            write a message here; @bot mentions the bot
!1              press the first button of the last message
!1 value        choose in the first select of the last message
>text           reply to the last message
*name           use a command of the last message's menu
#channel        go to another channel
@user           be somebody else
?               this help and the commands there are`

func (t *terminal) printf(format string, args ...any) { fmt.Fprintf(t.out, format, args...) }

func (t *terminal) prompt() {
	name := ""
	t.s.Update(func(w *World) { name = w.Channel(t.by.Channel).Name })
	t.printf("#%s> ", name)
}

// do carries out one line.
func (t *terminal) do(ctx context.Context, line string) error {
	switch line[0] {
	case '?':
		return t.help()
	case '/':
		return t.use(ctx, func() (*Interaction, error) { return t.s.Line(ctx, t.by, line) })
	case '!':
		return t.press(ctx, line[1:])
	case '*':
		m, err := t.latest()
		if err != nil {
			return err
		}
		return t.use(ctx, func() (*Interaction, error) {
			return t.s.MessageMenu(ctx, t.by, strings.TrimSpace(line[1:]), m.ID)
		})
	case '>':
		m, err := t.latest()
		if err != nil {
			return err
		}
		return t.post(ctx, strings.TrimSpace(line[1:]), m.ID)
	case '#':
		return t.move(t.name(), line[1:])
	}
	if user := strings.TrimPrefix(line, "@"); user != line && !strings.Contains(user, " ") && t.isPerson(user) {
		return t.move(user, t.by.Channel)
	}
	return t.post(ctx, line, "")
}

func (t *terminal) isPerson(name string) bool {
	var ok bool
	t.s.Update(func(w *World) { u := w.User(name); ok = u != nil && !u.Bot })
	return ok
}

func (t *terminal) name() string {
	var name string
	t.s.Update(func(w *World) { name = w.User(t.by.User).Username })
	return name
}

// move changes who types where.
func (t *terminal) move(user, channel string) error {
	var err error
	t.s.Update(func(w *World) {
		u, c := w.User(user), w.Channel(strings.TrimSpace(channel))
		switch {
		case c == nil:
			err = fmt.Errorf("there is no channel %q", channel)
		case w.permissions(u.ID, c)&discordgo.PermissionViewChannel == 0:
			err = fmt.Errorf("%s does not see #%s", u.Username, c.Name)
		default:
			t.by = Caller{User: u.ID, Channel: c.ID}
			t.last = nil
		}
	})
	return err
}

func (t *terminal) help() error {
	t.printf("%s\n", terminalHelp)
	for _, c := range t.s.VisibleCommands(t.by) {
		switch c.Type {
		case discordgo.MessageApplicationCommand:
			t.printf("*%s\n", c.Name)
		case discordgo.UserApplicationCommand:
		default:
			t.helpCommand("/"+c.Name, c.Description, c.Options)
		}
	}
	return nil
}

func (t *terminal) helpCommand(name, description string, os []*discordgo.ApplicationCommandOption) {
	var args []string
	for _, o := range os {
		if o.Type <= discordgo.ApplicationCommandOptionSubCommandGroup {
			t.helpCommand(name+" "+o.Name, o.Description, o.Options)
			continue
		}
		arg := o.Name
		if len(o.Choices) > 0 {
			var names []string
			for _, c := range o.Choices {
				names = append(names, fmt.Sprint(c.Value))
			}
			arg += ":" + strings.Join(names, "|")
		}
		if !o.Required {
			arg = "[" + arg + "]"
		}
		args = append(args, arg)
	}
	if len(os) == 0 || len(args) > 0 {
		t.printf("%s\n", strings.TrimRight(strings.Join(append([]string{name}, args...), " ")+"  - "+description, " "))
	}
}

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
	for _, name := range []string{"@" + bot.Username, "@bot"} {
		if n := indexFold(text, name); n >= 0 {
			text = text[:n] + "<@" + bot.ID + ">" + text[n+len(name):]
			break
		}
	}
	id, err := t.s.Post(ctx, t.by, text, replyTo)
	if err != nil {
		return err
	}
	wait, cancel := context.WithTimeout(ctx, replyPatience)
	defer cancel()
	m, err := t.s.WaitReply(wait, id)
	if err != nil {
		if ctx.Err() == nil {
			t.printf("(no reply)\n")
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
		if n < 1 || n > len(bs) {
			return fmt.Errorf("the last message has %d buttons", len(bs))
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
		labels = append(labels, fmt.Sprintf("[%d] %s", n+1, b.Label))
	}
	if len(labels) > 0 {
		t.printf("%s\n", strings.Join(labels, "  "))
	}
	for n, s := range m.Selects() {
		t.printf("[%d] %s\n", n+1, s.Placeholder)
		for k, o := range s.Options {
			t.printf("    %d. %s\n", k+1, o.Label)
		}
	}
	t.last = m
}
