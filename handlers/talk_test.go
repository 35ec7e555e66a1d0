package handlers

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"footnote/corpus"
)

// twoFires is a bot with two articles that tell the same of two towns.
func twoFires(t *testing.T) *rig {
	var articles []*corpus.Article
	for _, of := range [][2]string{{"Ashby", "14"}, {"Quillstead", "23"}} {
		town, houses := of[0], of[1]
		a := corpus.FromParagraphs("The fire of "+town, "en", []string{
			"A fire broke out in " + town + " on Monday, and the mayor of " + town + " thanked the neighbours.",
			"The flames destroyed " + houses + " houses before the wind turned.",
		})
		a.ID = strings.ToLower(town)
		articles = append(articles, a)
	}
	return rigOf(t, articles)
}

// TestTalk asks what two articles tell alike: the one that was talked about
// answers, be it known from the reply or from the channel, for a while, and not
// where the question names the other.
func TestTalk(t *testing.T) {
	const open = "How many houses did the flames destroy?"
	about := func(town string) string { return "Whom did the mayor of " + town + " thank?" }
	untold := "Ashby"
	if strings.Contains(twoFires(t).do(slash("ask", "question", open)).Data.Content, "*The fire of Quillstead*") {
		untold = "Quillstead"
	}
	for _, town := range []string{"Ashby", "Quillstead"} {
		other := map[string]string{"Ashby": "Quillstead", "Quillstead": "Ashby"}[town]
		in := func(i *discordgo.Interaction, channel string) *discordgo.Interaction {
			i.ChannelID = channel
			return i
		}
		ask := func(rig *rig, question string) string { return rig.do(slash("ask", "question", question)).Data.Content }
		for _, c := range []struct {
			name string
			do   func(rig *rig) string
			want string // the town that answers
		}{
			{"in the channel", func(rig *rig) string { ask(rig, about(town)); return ask(rig, open) }, town},
			{"at the end of it", func(rig *rig) string {
				ask(rig, about(town))
				rig.now = rig.now.Add(talkFor - time.Second)
				return ask(rig, open)
			}, town},
			{"the last counts", func(rig *rig) string {
				ask(rig, about(other))
				ask(rig, about(town))
				return ask(rig, open)
			}, town},
			{"as a message", func(rig *rig) string {
				rig.hear(mentioning(about(town)))
				return rig.hear(mentioning(open)).Content
			}, town},
			{"a reply", func(rig *rig) string {
				first := rig.do(slash("ask", "question", about(town)))
				ask(rig, about(other))
				m := replying(open, "")
				m.ReferencedMessage = messageOf(first)
				return rig.hear(m).Content
			}, town},
			{"Follow up", func(rig *rig) string {
				first := rig.do(slash("ask", "question", about(town)))
				ask(rig, about(other))
				return rig.do(fill(first, rig.do(rig.press(first, "Follow up")), open)).Data.Content
			}, town},
			{"the other is named", func(rig *rig) string {
				ask(rig, about(town))
				return ask(rig, "How many houses did the flames destroy in "+other+"?")
			}, other},
			{"too long ago", func(rig *rig) string {
				ask(rig, about(town))
				rig.now = rig.now.Add(talkFor)
				return ask(rig, open)
			}, untold}, // as without any talk
			{"in another channel", func(rig *rig) string {
				rig.do(in(slash("ask", "question", about(town)), "4001"))
				return ask(rig, open)
			}, untold},
			{"in private", func(rig *rig) string {
				rig.do(slash("ask", "question", about(town), "private", true))
				return ask(rig, open)
			}, untold},
		} {
			t.Run(c.name+", "+town, func(t *testing.T) {
				if got := c.do(twoFires(t)); !strings.Contains(got, "*The fire of "+c.want+"*") {
					t.Errorf("want the fire of %s, got\n%s", c.want, got)
				}
			})
		}
	}
}

// Other passages of an answer are those beside it: what was talked about is in
// the button.
func TestTalkInButtons(t *testing.T) {
	rig := twoFires(t)
	rig.do(slash("ask", "question", "Whom did the mayor of Quillstead thank?"))
	r := rig.do(slash("ask", "question", "How many houses did the flames destroy?"))
	rig.now = rig.now.Add(time.Hour)
	if got := rig.do(rig.press(r, "Other passages")); !strings.Contains(got.Data.Content, "14 houses") || strings.Contains(got.Data.Content, "23 houses") {
		t.Errorf("other passages are\n%s", got.Data.Content)
	}
}

func TestTalkIsBounded(t *testing.T) {
	var talk talk
	for i := range 3 * maxTalks {
		talk.goesOn(strconv.Itoa(i), "a", today)
	}
	if len(talk.last) > maxTalks {
		t.Errorf("%d channels are remembered", len(talk.last))
	}
	if got := talk.about(strconv.Itoa(3*maxTalks-1), today); got != "a" {
		t.Errorf("the last channel talks about %q", got)
	}
}
