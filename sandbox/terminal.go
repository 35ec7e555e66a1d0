package sandbox

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
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
// error if there is one, or when ctx ends; the server goes on. A read of in that
// is under way when ctx ends goes on too until it returns. Call it when the bot
// is connected and has registered its commands (WaitOnline, WaitCommand).
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
	t.arrive()
	for {
		t.catchUp()
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
				t.printf("(%s)\n", strings.TrimPrefix(err.Error(), "sandbox: "))
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
	last  *Message        // shown last; its buttons are the ones to press
	shown map[string]bool // ids of messages that need not be shown again
}

const terminalHelp = `/name words     use a slash command; options in order or as name:value
text            write a message here; @bot mentions the bot
!1              press the first button of the last message
!1 value        choose in the first select of the last message
>text           reply to the last message
*name           use a command of the last message's menu
#channel        go to another channel
@user           be somebody else
?               this help and the channels, users and commands there are`

func (t *terminal) printf(format string, args ...any) { fmt.Fprintf(t.out, format, args...) }

func (t *terminal) prompt() {
	name := ""
	t.s.Update(func(w *World) { name = w.Channel(t.by.Channel).Name })
	t.printf("#%s> ", name)
}

// do carries out one line.
func (t *terminal) do(ctx context.Context, line string) error {
	switch line {
	case "exit", "quit":
		return errors.New("Ctrl-C ends the bot")
	}
	switch line[0] {
	case '?':
		return t.help()
	case '/':
		return t.use(ctx, func() (*Interaction, error) { return t.s.Line(ctx, t.by, line) })
	case '!':
		return t.press(ctx, line[1:])
	case '*':
		name := strings.TrimSpace(line[1:])
		if !slices.Contains(t.menu(), name) {
			return fmt.Errorf("type * and a command of the menu: %s", strings.Join(t.menu(), ", "))
		}
		m, err := t.newest()
		if err != nil {
			return err
		}
		return t.use(ctx, func() (*Interaction, error) { return t.s.MessageMenu(ctx, t.by, name, m.ID) })
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

// menu names the commands of a message's menu.
func (t *terminal) menu() []string {
	var names []string
	for _, c := range t.s.VisibleCommands(t.by) {
		if c.Type == discordgo.MessageApplicationCommand {
			names = append(names, c.Name)
		}
	}
	return names
}

// newest returns the newest message of the channel that everybody sees, whoever
// wrote it: a menu of what was just typed is that of the typed text.
func (t *terminal) newest() (*Message, error) {
	all := t.s.Messages(t.by.Channel, t.by.User)
	for _, m := range slices.Backward(all) {
		if !m.Private() {
			return m, nil
		}
	}
	return nil, errors.New("there is no message with a menu here; write one first")
}

// arrive takes what stands in the channel as read.
func (t *terminal) arrive() {
	t.last, t.shown = nil, map[string]bool{}
	for _, m := range t.s.Messages(t.by.Channel, t.by.User) {
		t.shown[m.ID] = true
	}
}

// catchUp shows what the bot wrote meanwhile, such as a reply that came late.
func (t *terminal) catchUp() {
	var bot string
	t.s.Update(func(w *World) { bot = w.Bot.ID })
	for _, m := range t.s.Messages(t.by.Channel, t.by.User) {
		if m.Author == bot && !m.Loading() && !t.shown[m.ID] {
			t.show(m)
		}
	}
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
	channels, _ := t.places()
	t.s.Update(func(w *World) {
		u, c := w.User(user), w.Channel(strings.TrimSpace(channel))
		switch {
		case c == nil:
			err = fmt.Errorf("there is no channel %q; there are %s", channel, strings.Join(channels, " "))
		case w.permissions(u.ID, c)&discordgo.PermissionViewChannel == 0:
			err = fmt.Errorf("%s does not see #%s", u.Username, c.Name)
		default:
			t.by = Caller{User: u.ID, Channel: c.ID}
		}
	})
	if err == nil {
		t.arrive()
	}
	return err
}

// places names the channels that one sees and the users one can be.
func (t *terminal) places() (channels, people []string) {
	t.s.Update(func(w *World) {
		all := slices.Clone(w.DMs)
		for _, g := range slices.Backward(w.Guilds) {
			all = append(slices.Clone(g.Channels), all...)
		}
		for _, c := range all {
			if w.permissions(t.by.User, c)&discordgo.PermissionViewChannel != 0 {
				channels = append(channels, "#"+c.Name)
			}
		}
		for _, u := range w.Users {
			if !u.Bot {
				people = append(people, "@"+u.Username)
			}
		}
	})
	return channels, people
}

func (t *terminal) help() error {
	channels, people := t.places()
	t.printf("%s\nchannels: %s; users: %s\n", terminalHelp, strings.Join(channels, " "), strings.Join(people, " "))
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
