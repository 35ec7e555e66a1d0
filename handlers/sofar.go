package handlers

import (
	"fmt"
	"slices"

	"github.com/bwmarrin/discordgo"

	"footnote/answer"
)

// A large library answers from what is there of it while the rest is being read.
// Whatever is told of the library then says so: what is not found may stand in the
// rest.

// soFarRoom is the room, in runes, that is kept for the line that says so.
const soFarRoom = 120

// far is how many articles of a library can be asked and how many are read, which
// come to be asked a few seconds later, of how many; zeros where nothing is missing.
type far struct{ asked, read, total int }

// farOf looks how far a library is. While articles that it has are read anew it
// answers as it is, and lacks nothing.
func (o Options) farOf(lib *answer.Library) far {
	if read, total := o.Reading(); lib.Size() < total {
		return far{lib.Size(), read, total}
	}
	return far{}
}

// going reports whether articles are still being read.
func (f far) going() bool { return f.total > 0 }

// nothing reports whether none can be asked yet.
func (f far) nothing() bool { return f.going() && f.asked == 0 }

// room is how many runes of a message are there for what is told of the library.
func (p *page) room() int {
	if p.far.going() {
		return maxContent - soFarRoom
	}
	return maxContent
}

// soFar ends a text with how much of the library it is of, where that is not all.
// What has no room for that has none for much else; it stays as it is.
func (p *page) soFar(content string) string {
	if !p.far.going() {
		return content
	}
	told := content + "\n" + fmt.Sprintf(p.ReadSoFar, p.group(p.far.asked), p.group(p.far.total))
	if runes(told) > maxContent {
		return content
	}
	return told
}

// stillReading is told instead of an answer while none can be given.
func (p *page) stillReading() string {
	return fmt.Sprintf(p.StillReading, p.group(p.far.read), p.group(p.far.total))
}

// orReading is a sentence, or where it says that something is gone that may only not
// have been read yet, how far the reading is.
func (p *page) orReading(sentence string) string {
	if p.far.going() && slices.Contains([]string{p.AnswerGone, p.ShortGone, p.UnknownCommand}, sentence) {
		return p.stillReading()
	}
	return sentence
}

// withSoFar is the response with how far the reading is, where it tells of the library.
func (c *call) withSoFar(r *discordgo.InteractionResponse) *discordgo.InteractionResponse {
	message := r.Type == discordgo.InteractionResponseChannelMessageWithSource || r.Type == discordgo.InteractionResponseUpdateMessage
	if message && !c.refused && c.tells() {
		r.Data.Content = c.soFar(r.Data.Content)
	}
	return r
}

// tells reports whether what is done tells of the library as a whole, as a command
// or a list does, rather than show something that is there.
func (c *call) tells() bool {
	switch data := c.Data.(type) {
	case discordgo.ApplicationCommandInteractionData:
		return data.Name != cmdFootnote
	case discordgo.MessageComponentInteractionData:
		action, _, _ := parseID(data.CustomID)
		switch action {
		case actContext, actShare, actShareClaim, actNone, actNoneOf, actDelete:
			return false
		}
	}
	return true
}
