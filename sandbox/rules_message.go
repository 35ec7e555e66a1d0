package sandbox

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/bwmarrin/discordgo"
)

// Limits of a message. Lengths count code points.
const (
	maxContent     = 2000
	maxEmbeds      = 10
	maxEmbedsTotal = 6000
	maxTitle       = 256
	maxDescription = 4096
	maxFields      = 25
	maxFieldName   = 256
	maxFieldValue  = 1024
	maxFooter      = 2048
	maxAuthor      = 256
	maxNonce       = 25
)

// messageBody is the body of every request that makes or changes a message.
// Pointers tell what was left out from what was emptied.
type messageBody struct {
	Content         *string                    `json:"content"`
	TTS             bool                       `json:"tts"`
	Embeds          *[]*discordgo.MessageEmbed `json:"embeds"`
	Components      *[]Component               `json:"components"`
	AllowedMentions *allowedMentions           `json:"allowed_mentions"`
	Reference       *reference                 `json:"message_reference"`
	Flags           *discordgo.MessageFlags    `json:"flags"`
	StickerIDs      []string                   `json:"sticker_ids"`
	Attachments     []any                      `json:"attachments"`
	Poll            any                        `json:"poll"`
	Nonce           any                        `json:"nonce"`
	EnforceNonce    bool                       `json:"enforce_nonce"`
	Username        *string                    `json:"username"`
	AvatarURL       *string                    `json:"avatar_url"`
	ThreadName      *string                    `json:"thread_name"`

	has map[string]json.RawMessage // the keys that were there
}

type reference struct {
	Type            int    `json:"type"`
	MessageID       string `json:"message_id"`
	ChannelID       string `json:"channel_id"`
	GuildID         string `json:"guild_id"`
	FailIfNotExists *bool  `json:"fail_if_not_exists"`
}

// messageKind says what a message body is for and so which rules hold.
type messageKind struct {
	keys     []string               // that Discord knows here
	flags    discordgo.MessageFlags // that have an effect here
	edit     bool                   // what is left out stays
	mayEmpty bool
	mentions bool // allowed_mentions has to be there
}

const (
	anyFlags       = discordgo.MessageFlagsSuppressEmbeds | discordgo.MessageFlagsSuppressNotifications | discordgo.MessageFlagsIsComponentsV2
	ephemeralFlags = anyFlags | discordgo.MessageFlagsEphemeral
)

var (
	bodyKeys = []string{"content", "tts", "embeds", "components", "allowed_mentions", "flags", "attachments", "poll"}

	sendMessage     = messageKind{keys: append(slices.Clip(bodyKeys), "message_reference", "sticker_ids", "nonce", "enforce_nonce"), flags: anyFlags, mentions: true}
	followup        = messageKind{keys: append(slices.Clip(bodyKeys), "username", "avatar_url", "thread_name"), flags: ephemeralFlags, mentions: true}
	callbackMessage = messageKind{keys: bodyKeys, flags: ephemeralFlags, mentions: true}
	callbackUpdate  = messageKind{keys: bodyKeys, flags: anyFlags, edit: true, mentions: true}
	// discordgo's MessageEdit sends its own ID and Channel too, which Discord ignores.
	editMessage = messageKind{keys: append(slices.Clip(bodyKeys), "ID", "Channel"), flags: discordgo.MessageFlagsSuppressEmbeds | discordgo.MessageFlagsIsComponentsV2, edit: true, mentions: true}
	deferral    = messageKind{keys: bodyKeys, flags: discordgo.MessageFlagsEphemeral, mayEmpty: true}
)

// parseMessage reads a message body, checks it by the rules of its kind, and
// notes as violations what Discord would ignore.
func (s *Server) parseMessage(q *request, data json.RawMessage, k messageKind) (*messageBody, *apiError) {
	b := &messageBody{}
	if len(data) == 0 || bytes.Equal(data, []byte("null")) {
		if k.mayEmpty {
			return b, nil
		}
		return nil, &apiError{status: 400, code: 50006, message: "Cannot send an empty message"}
	}
	if err := json.Unmarshal(data, &b.has); err != nil {
		return nil, invalid("", "MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType")
	}
	if err := json.Unmarshal(data, b); err != nil {
		return nil, invalid("", "BASE_TYPE_BAD", err.Error())
	}
	note := func(reason string) {
		s.addViolation(Violation{Method: q.Method, Route: q.route, Reason: reason, Body: string(q.body)})
	}
	for key := range b.has {
		if !slices.Contains(k.keys, key) {
			note(fmt.Sprintf("Discord does not know the key %q here", key))
		}
	}
	for key, into := range map[string]any{
		"embeds": &[]*discordgo.MessageEmbed{}, "components": &[]Component{},
		"allowed_mentions": &allowedMentions{}, "message_reference": &reference{},
	} {
		if raw, ok := b.has[key]; ok {
			if err := strict(raw, into); err != nil {
				note("Discord does not know a key in " + key + ": " + err.Error())
			}
		}
	}
	if extra := b.flags() &^ k.flags; extra != 0 {
		note(fmt.Sprintf("the flags %d have no effect here", extra))
	}
	if k.mentions && b.AllowedMentions == nil {
		note("allowed_mentions is missing")
	}
	var e fieldErrors
	b.check(&e)
	if r := e.refusal(); r != nil {
		return nil, r
	}
	if !k.edit && !k.mayEmpty && b.empty() {
		return nil, &apiError{status: 400, code: 50006, message: "Cannot send an empty message"}
	}
	return b, nil
}

// strict decodes into an empty value and complains about keys that its type
// does not have.
func strict(data []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	return d.Decode(into)
}

func (b *messageBody) flags() discordgo.MessageFlags {
	if b.Flags == nil {
		return 0
	}
	return *b.Flags
}

func (b *messageBody) content() string {
	if b.Content == nil {
		return ""
	}
	return strings.TrimSpace(*b.Content)
}

func (b *messageBody) embeds() []*discordgo.MessageEmbed {
	if b.Embeds == nil {
		return nil
	}
	return *b.Embeds
}

func (b *messageBody) components() []Component {
	if b.Components == nil {
		return nil
	}
	return *b.Components
}

// nonce is a number or a text, "" if there is none.
func (b *messageBody) nonce() string {
	if b.Nonce == nil {
		return ""
	}
	return strings.Trim(string(b.has["nonce"]), `"`)
}

func (b *messageBody) empty() bool {
	return b.content() == "" && len(b.embeds()) == 0 && len(b.components()) == 0 && len(b.StickerIDs) == 0 && len(b.Attachments) == 0 && b.Poll == nil
}

// check applies the rules that do not depend on where the message goes.
func (b *messageBody) check(e *fieldErrors) {
	e.check(utf8.RuneCountInString(b.content()) <= maxContent, "content", "BASE_TYPE_MAX_LENGTH", "Must be 2000 or fewer in length.")
	checkEmbeds(e, b.embeds())
	v2 := b.flags()&discordgo.MessageFlagsIsComponentsV2 != 0
	if v2 {
		e.check(b.content() == "", "content", "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", "The 'content' field cannot be used when using MessageFlags.IS_COMPONENTS_V2")
		e.check(len(b.embeds()) == 0, "embeds", "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", "The 'embeds' field cannot be used when using MessageFlags.IS_COMPONENTS_V2")
	}
	checkComponents(e, b.components(), v2)
	b.AllowedMentions.check(e)
	e.check(utf8.RuneCountInString(b.nonce()) <= maxNonce, "nonce", "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.")
	if b.Reference != nil {
		_, err := strconv.ParseUint(b.Reference.MessageID, 10, 64)
		e.check(err == nil, "message_reference.message_id", "NUMBER_TYPE_COERCE", "Value is not snowflake.")
	}
}

// fill makes a new message of the body.
func (b *messageBody) fill(m *Message) {
	m.Content, m.Embeds, m.Components = b.content(), b.embeds(), b.components()
	m.Flags |= b.flags()
}

// apply changes a message: what the body leaves out stays as it is.
func (b *messageBody) apply(m *Message) *apiError {
	next := *m
	if _, ok := b.has["content"]; ok {
		next.Content = b.content()
	}
	if _, ok := b.has["embeds"]; ok {
		next.Embeds = b.embeds()
	}
	if _, ok := b.has["components"]; ok {
		next.Components = b.components()
	}
	const v2 = discordgo.MessageFlagsIsComponentsV2
	if b.Flags != nil {
		if m.Flags&v2 != 0 && *b.Flags&v2 == 0 {
			return invalid("flags", "MESSAGE_CANNOT_REMOVE_COMPONENTS_V2_FLAG", "The components v2 flag cannot be taken back.")
		}
		const settable = discordgo.MessageFlagsSuppressEmbeds | v2
		next.Flags = m.Flags&^settable | *b.Flags&settable
	}
	if next.Content == "" && len(next.Embeds) == 0 && len(next.Components) == 0 {
		return &apiError{status: 400, code: 50006, message: "Cannot send an empty message"}
	}
	*m = next
	return nil
}

func checkEmbeds(e *fieldErrors, embeds []*discordgo.MessageEmbed) {
	e.check(len(embeds) <= maxEmbeds, "embeds", "BASE_TYPE_MAX_LENGTH", "Must be 10 or fewer in length.")
	total := 0
	for n, m := range embeds {
		at := "embeds." + strconv.Itoa(n)
		if m == nil {
			e.add(at, "MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType")
			continue
		}
		text := func(path, s string, max int) {
			l := utf8.RuneCountInString(strings.TrimSpace(s))
			total += l
			e.check(l <= max, at+"."+path, "BASE_TYPE_MAX_LENGTH", fmt.Sprintf("Must be %d or fewer in length.", max))
		}
		text("title", m.Title, maxTitle)
		text("description", m.Description, maxDescription)
		link(e, at+".url", m.URL)
		if m.Footer != nil {
			text("footer.text", m.Footer.Text, maxFooter)
			e.check(strings.TrimSpace(m.Footer.Text) != "", at+".footer.text", "BASE_TYPE_REQUIRED", "This field is required")
			link(e, at+".footer.icon_url", m.Footer.IconURL)
		}
		if m.Author != nil {
			text("author.name", m.Author.Name, maxAuthor)
			e.check(strings.TrimSpace(m.Author.Name) != "", at+".author.name", "BASE_TYPE_REQUIRED", "This field is required")
			link(e, at+".author.url", m.Author.URL)
		}
		if m.Image != nil {
			link(e, at+".image.url", m.Image.URL)
		}
		if m.Thumbnail != nil {
			link(e, at+".thumbnail.url", m.Thumbnail.URL)
		}
		e.check(len(m.Fields) <= maxFields, at+".fields", "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.")
		for f, x := range m.Fields {
			p := "fields." + strconv.Itoa(f)
			text(p+".name", x.Name, maxFieldName)
			text(p+".value", x.Value, maxFieldValue)
			e.check(strings.TrimSpace(x.Name) != "", at+"."+p+".name", "BASE_TYPE_REQUIRED", "This field is required")
			e.check(strings.TrimSpace(x.Value) != "", at+"."+p+".value", "BASE_TYPE_REQUIRED", "This field is required")
		}
		e.check(m.Color >= 0 && m.Color <= 0xFFFFFF, at+".color", "NUMBER_TYPE_MAX", "int value should be less than or equal to 16777215.")
		if m.Timestamp != "" {
			_, err := time.Parse(time.RFC3339, m.Timestamp)
			e.check(err == nil, at+".timestamp", "DATE_TIME_TYPE_PARSE", "Could not parse the timestamp.")
		}
		blank := m.Title == "" && m.Description == "" && len(m.Fields) == 0 && m.Image == nil && m.Thumbnail == nil && m.Footer == nil && m.Author == nil
		e.check(!blank, at+".description", "BASE_TYPE_REQUIRED", "This field is required")
	}
	e.check(total <= maxEmbedsTotal, "embeds", "MAX_EMBED_SIZE_EXCEEDED", "Embed size exceeds maximum size of 6000")
}

// link checks an address that a reader may press.
func link(e *fieldErrors, path, raw string) {
	if raw == "" {
		return
	}
	u, err := url.Parse(raw)
	ok := err == nil && (u.Scheme == "http" || u.Scheme == "https" || u.Scheme == "attachment") && (u.Host != "" || u.Scheme == "attachment")
	e.check(ok, path, "URL_TYPE_INVALID_SCHEME", "Scheme must be one of ('http', 'https') and the address whole.")
	e.check(len(raw) <= 2048, path, "BASE_TYPE_MAX_LENGTH", "Must be 2048 or fewer in length.")
}
