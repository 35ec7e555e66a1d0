package discord

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/bwmarrin/discordgo"
)

// Application is what Discord knows about the bot's application.
type Application struct {
	ID             string
	Name           string
	Owner          string // a user's id; of a team, its owner's
	Public         bool   // anybody may invite it
	MessageContent bool   // the intent is switched on in the developer portal
	PublicKey      string // in hex; Discord signs with it what it sends to RunHTTP
	Endpoint       string // where Discord sends interactions by HTTP; "": over the gateway
}

// Application asks Discord who the token belongs to. A refused token gives a *RefusedError.
func (b *Bot) Application(ctx context.Context) (Application, error) {
	var a struct {
		ID        string `json:"id"`
		Name      string `json:"name"`
		BotPublic bool   `json:"bot_public"`
		Flags     int    `json:"flags"`
		VerifyKey string `json:"verify_key"`
		Endpoint  string `json:"interactions_endpoint_url"`
		Owner     struct {
			ID string `json:"id"`
		} `json:"owner"`
		Team *struct {
			Owner string `json:"owner_user_id"`
		} `json:"team"`
	}
	u := discordgo.EndpointApplication("@me")
	if _, err := b.rest.do(ctx, request{route: "GET /applications/@me", url: u, bucket: u}, &a); err != nil {
		if isUnauthorized(err) {
			return Application{}, &RefusedError{Code: codeToken, Advice: refusals[codeToken]}
		}
		return Application{}, err
	}
	const contentFlags = 1<<18 | 1<<19 // granted after review, or for a small bot
	owner := a.Owner.ID
	if a.Team != nil {
		owner = a.Team.Owner
	}
	return Application{
		ID: a.ID, Name: a.Name, Owner: owner, Public: a.BotPublic, MessageContent: a.Flags&contentFlags != 0,
		PublicKey: a.VerifyKey, Endpoint: a.Endpoint,
	}, nil
}

// InviteURL returns the link by which a server's admin adds the bot. It asks for
// what answering needs and nothing else.
func InviteURL(application string) string {
	const permissions int64 = discordgo.PermissionViewChannel | discordgo.PermissionSendMessages |
		discordgo.PermissionSendMessagesInThreads | discordgo.PermissionReadMessageHistory
	q := url.Values{
		"client_id":   {application},
		"scope":       {"bot applications.commands"},
		"permissions": {strconv.FormatInt(permissions, 10)},
	}
	return "https://discord.com/oauth2/authorize?" + q.Encode()
}

// SyncOptions say what is to be registered where.
type SyncOptions struct {
	Application string // its id
	Guild       string // one server's id; "" registers for all
	Wanted      []*discordgo.ApplicationCommand
	// Remembered are names that earlier versions registered. Such a command goes
	// when it is no longer wanted; any other unknown one stays unless Force is set.
	Remembered []string
	Force      bool
}

// Diff is what Sync found and did. Commands are written as a person sees them:
// "/ask", or "Ask about this (message menu)".
type Diff struct {
	Added, Changed, Removed []string
	Foreign                 []string // not Footnote's; left as they are
	Same                    int
}

// Empty reports that nothing had to be written.
func (d Diff) Empty() bool { return len(d.Added)+len(d.Changed)+len(d.Removed) == 0 }

// String writes the difference, one command a line.
func (d Diff) String() string {
	var b strings.Builder
	for _, part := range []struct {
		mark  string
		names []string
	}{{"+", d.Added}, {"~", d.Changed}, {"-", d.Removed}, {"? not Footnote's, left alone:", d.Foreign}} {
		for _, n := range part.names {
			fmt.Fprintf(&b, "%s %s\n", part.mark, n)
		}
	}
	fmt.Fprintf(&b, "= %d unchanged\n", d.Same)
	return b.String()
}

// Sync makes the registered commands the wanted ones and writes only where they
// differ. Discord replaces the whole list at once, so a call that fails changes nothing.
func (b *Bot) Sync(ctx context.Context, o SyncOptions) (Diff, error) {
	u := discordgo.EndpointApplicationGlobalCommands(o.Application)
	if o.Guild != "" {
		u = discordgo.EndpointApplicationGuildCommands(o.Application, o.Guild)
	}
	var there []json.RawMessage
	if _, err := b.rest.do(ctx, request{route: "GET /applications/…/commands", url: u + "?with_localizations=true", bucket: "GET " + u}, &there); err != nil {
		return Diff{}, err
	}
	d, list, err := compare(there, o)
	if err != nil || d.Empty() {
		return d, err
	}
	_, err = b.rest.do(ctx, request{route: "PUT /applications/…/commands", url: u, bucket: "PUT " + u, body: list}, nil)
	return d, err
}

// compare works out the difference and the list that is to be written: the
// wanted commands, then the foreign ones as Discord gave them.
func compare(there []json.RawMessage, o SyncOptions) (d Diff, list []any, err error) {
	registered := map[string]string{} // label to normal form
	wanted := map[string]bool{}
	for _, c := range o.Wanted {
		wanted[label(c.Type, c.Name)] = true
	}
	var foreign []any
	for _, raw := range there {
		var c struct {
			Type discordgo.ApplicationCommandType `json:"type"`
			Name string                           `json:"name"`
		}
		if err := json.Unmarshal(raw, &c); err != nil {
			return d, nil, fmt.Errorf("GET /applications/…/commands: a command that is not understood: %w", err)
		}
		l := label(c.Type, c.Name)
		switch {
		case wanted[l]:
			normal, err := normalise(raw, o.Guild != "")
			if err != nil {
				return d, nil, err
			}
			registered[l] = normal
		case o.Force || slices.Contains(o.Remembered, c.Name):
			d.Removed = append(d.Removed, l)
		default:
			d.Foreign = append(d.Foreign, l)
			foreign = append(foreign, writable(raw))
		}
	}
	for _, c := range o.Wanted {
		raw, err := json.Marshal(c)
		if err != nil {
			return d, nil, err
		}
		normal, err := normalise(raw, o.Guild != "")
		if err != nil {
			return d, nil, err
		}
		l := label(c.Type, c.Name)
		switch old, ok := registered[l]; {
		case !ok:
			d.Added = append(d.Added, l)
		case old != normal:
			d.Changed = append(d.Changed, l)
		default:
			d.Same++
		}
		list = append(list, c)
	}
	if list == nil {
		list = []any{}
	}
	return d, append(list, foreign...), nil
}

// label names a command as a person sees it; with the type in it, since the
// slash command and the menu entry of one name are two commands.
func label(t discordgo.ApplicationCommandType, name string) string {
	switch t {
	case discordgo.UserApplicationCommand:
		return name + " (user menu)"
	case discordgo.MessageApplicationCommand:
		return name + " (message menu)"
	}
	return "/" + name
}

// readOnly are the fields that Discord adds to a registered command.
var readOnly = []string{"id", "application_id", "guild_id", "version", "dm_permission", "default_permission"}

// writable returns a registered command as it may be written back, fields that
// discordgo does not know included.
func writable(raw json.RawMessage) any {
	var m map[string]any
	if json.Unmarshal(raw, &m) != nil {
		return raw // unreachable: compare has decoded it
	}
	for _, k := range readOnly {
		delete(m, k)
	}
	return m
}

// normalise writes a command so that two which mean the same are equal: without
// what Discord adds, and without what is empty, false or the default. A server's
// own command has neither contexts nor places of installation.
func normalise(raw json.RawMessage, guild bool) (string, error) {
	var m map[string]any
	if err := json.Unmarshal(raw, &m); err != nil {
		return "", err
	}
	for _, k := range readOnly {
		delete(m, k)
	}
	if m["type"] == nil {
		m["type"] = float64(discordgo.ChatApplicationCommand)
	}
	onServers := []any{float64(discordgo.ApplicationIntegrationGuildInstall)}
	if list, ok := m["integration_types"].([]any); guild || ok && reflect.DeepEqual(list, onServers) {
		delete(m, "integration_types")
	}
	if guild {
		delete(m, "contexts")
	}
	b, err := json.Marshal(trim(m))
	return string(b), err
}

// trim drops what is null, false, "" or an empty list or object, at any depth.
// A choice's value stays whatever it is.
func trim(v any) any {
	switch n := v.(type) {
	case map[string]any:
		for k, x := range n {
			if x = trim(x); k != "value" && isEmpty(x) {
				delete(n, k)
				continue
			}
			n[k] = x
		}
	case []any:
		for i, x := range n {
			n[i] = trim(x)
		}
	}
	return v
}

func isEmpty(v any) bool {
	switch n := v.(type) {
	case nil:
		return true
	case bool:
		return !n
	case string:
		return n == ""
	case []any:
		return len(n) == 0
	case map[string]any:
		return len(n) == 0
	}
	return false
}
