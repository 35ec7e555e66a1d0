package handlers

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/bwmarrin/discordgo"

	"footnote/answer"
	"footnote/corpus"
)

// maxClaim is how much of a message is compared, in runes.
const maxClaim = 1000

// checkClaim compares a message with the library, item by item. The reply is
// private and never says whose the message is: it may be shared.
func (c *call) checkClaim(ctx context.Context, d discordgo.ApplicationCommandInteractionData) (*discordgo.InteractionResponse, error) {
	m, ok := targetMessage(d)
	if !ok {
		return c.refuse(c.EmptyClaim), nil
	}
	text := m.Content
	if m.Author != nil && m.Author.Bot {
		text = cmp.Or(quotedLines(text), text)
	}
	return c.compare(ctx, text, "", false)
}

// quotedLines are the quotations in a reply of a bot: the rest of it claims
// nothing.
func quotedLines(content string) string {
	var lines []string
	for line := range strings.SplitSeq(content, "\n") {
		if line, ok := strings.CutPrefix(line, "> "); ok {
			lines = append(lines, unescape(strings.ReplaceAll(line, "**", "")))
		}
	}
	return strings.Join(lines, "\n")
}

// targetMessage is the message on which an entry of the message menu was chosen.
func targetMessage(d discordgo.ApplicationCommandInteractionData) (*discordgo.Message, bool) {
	if d.Resolved == nil || d.Resolved.Messages[d.TargetID] == nil {
		return nil, false
	}
	return d.Resolved.Messages[d.TargetID], true
}

// checkAsked compares what was asked with the library. It stands in the reply
// under which the button was pressed.
func (c *call) checkAsked(ctx context.Context, hash string) (*discordgo.InteractionResponse, error) {
	e, article, ok := c.asked(hash)
	if !ok {
		return c.refuse(c.NothingToShare), nil
	}
	line, _, _ := strings.Cut(c.Message.Content, "\n")
	// A text that is cut for the first line of a reply keeps half of its length.
	wasCut := strings.HasSuffix(line, `…"`) && runes(e.Question) >= maxEcho/2
	return c.compare(ctx, e.Question, articleOf(article), wasCut)
}

// compare compares a text with the library. wasCut tells that it was longer.
func (c *call) compare(ctx context.Context, text, article string, wasCut bool) (*discordgo.InteractionResponse, error) {
	text = claimed(text)
	if text == "" {
		return c.refuse(c.EmptyClaim), nil
	}
	_, user, guild := c.person()
	if sentence := c.tooMany(user, guild); sentence != "" {
		return c.refuse(sentence), nil
	}
	kept, _ := cut(text, maxClaim)
	claim, asked := c.claim(ctx, kept, article)
	if claim.Err != nil {
		return c.refuse(c.failure(claim.Err)), nil
	}
	r, err := c.compared(ctx, claim, article, leftOut{rest: wasCut || len(claim.Text) < len(text), questions: asked})
	r.Rows = append(r.Rows, []discordgo.MessageComponent{button(c.ButtonShare, customID(actShareClaim))})
	return respond(r, true), err
}

// claimed is what is compared of a message: its text without mentions, each
// line tidied.
func claimed(content string) string {
	var lines []string
	for _, line := range strings.Split(withoutIDs(content), "\n") {
		if line = tidy(line); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}

// maxStatements is how many sentences of a message are compared.
const maxStatements = 8

// claim compares each sentence of a text with the library, for each may be about
// something else. What is asked in it, and a single word, states nothing, unless
// there is nothing else. asked reports that questions were left out.
func (p *page) claim(ctx context.Context, text, article string) (claim answer.Claim, asked bool) {
	var claims []answer.Claim
	end := len(text)
	for _, at := range p.sentences(text) {
		s := text[at.Start:at.End]
		if len(strings.Fields(s)) < 2 {
			continue
		}
		if isQuestion(s) {
			asked = true
			continue
		}
		if len(claims) == maxStatements {
			end = at.Start
			break
		}
		claim := p.lib.CheckClaim(ctx, s, article)
		if claim.Err != nil {
			return claim, asked
		}
		claims = append(claims, claim)
		if len(claim.Text) < len(s) { // longer than the library takes
			end = at.Start + len(claim.Text)
			break
		}
	}
	switch len(claims) {
	case 0:
		return p.lib.CheckClaim(ctx, text, article), false
	case 1:
		claims[0].Text = strings.TrimSpace(text[:end])
		return claims[0], asked
	}
	return together(strings.TrimSpace(text[:end]), claims), asked
}

// isQuestion reports whether a sentence ends in a question mark, whatever closes
// behind it. A mark within, as in an address, and "?!" leave it a statement.
func isQuestion(s string) bool {
	s = strings.TrimRight(s, "\"'”’»“)]*_ \t")
	return strings.HasSuffix(s, "?") || strings.HasSuffix(s, "؟") || strings.HasSuffix(s, "？")
}

// together makes one claim of those of its sentences. A sentence that could not
// be compared is an item for which nothing is there.
func together(text string, claims []answer.Claim) answer.Claim {
	all := answer.Claim{Text: text, Verdict: answer.NotThere, Searched: claims[0].Searched}
	for _, claim := range claims {
		if len(claim.Items) == 0 {
			claim.Items = []answer.ClaimItem{{Kind: answer.MatterItem, Claimed: claim.Text, Verdict: answer.NotThere}}
		}
		all.Items = append(all.Items, claim.Items...)
		for _, o := range claim.Near {
			if len(all.Near) < maxNear && !slices.Contains(all.Near, o) {
				all.Near = append(all.Near, o)
			}
		}
	}
	return all
}

// maxNear is how many passages are shown that nothing was compared with.
const maxNear = 3

// sentences divides a text as the articles are divided.
func (p *page) sentences(text string) []corpus.Span {
	language := "en"
	if codes := p.lib.Languages(); len(codes) == 1 {
		language = codes[0]
	}
	var list []corpus.Span
	start := 0
	for _, line := range strings.SplitAfter(text, "\n") {
		a := corpus.FromParagraphs("", language, []string{strings.TrimSuffix(line, "\n")})
		for _, passage := range a.Passages {
			for _, s := range passage.Sentences {
				list = append(list, corpus.Span{Start: start + s.Start, End: start + s.End})
			}
		}
		start += len(line)
	}
	return list
}

// shareClaim posts a private comparison for everybody. The message is the bot's
// own, so it goes out as it stands; what stays of its buttons is those that show
// the context.
func (c *call) shareClaim() *discordgo.InteractionResponse {
	if c.Message == nil || c.Message.Content == "" {
		return c.refuse(c.NothingToShare)
	}
	var row []discordgo.MessageComponent
	for _, b := range buttonsOn(c.Message) {
		if action, _, ok := parseID(b.CustomID); ok && action == actContext && len(row) < maxButtons {
			row = append(row, button(b.Label, b.CustomID))
		}
	}
	return respond(reply{Content: c.Message.Content, Rows: [][]discordgo.MessageComponent{row}}, false)
}

// looksLikeStatement reports whether a text states something rather than asks:
// some words without a question mark, the first of them no question word.
func (p *page) looksLikeStatement(s string) bool {
	fields := strings.Fields(strings.TrimLeft(strings.ToLower(tidy(s)), `¡"'«„“( `))
	if len(fields) < 3 || strings.ContainsAny(s, "?¿؟？") {
		return false
	}
	return !slices.ContainsFunc(p.spoken(), func(w *words) bool { return w.QuestionWords[fields[0]] })
}
