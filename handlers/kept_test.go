package handlers

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/bwmarrin/discordgo"

	"footnote/answer"
	"footnote/corpus"
)

// unreadable are facts of a library whose files cannot be read.
type unreadable struct{ facts }

var errUnreadable = errors.New("the disk is gone")

func (unreadable) Said(context.Context, string, string, string, int) (answer.List[answer.Statement], error) {
	return answer.List[answer.Statement]{}, errUnreadable
}

func (unreadable) Speakers(context.Context, string) ([]answer.Speaker, error) {
	return nil, errUnreadable
}

func (unreadable) LikelySpeakers(context.Context, string) ([]answer.Speaker, error) {
	return nil, errUnreadable
}

func (unreadable) Timeline(context.Context, string, int) (answer.List[answer.Event], error) {
	return answer.List[answer.Event]{}, errUnreadable
}

// TestUnreadable asks a library that cannot be read: one sentence says so, and to
// who types a name nothing is offered.
func TestUnreadable(t *testing.T) {
	rig := newRig(t)
	rig.facts = unreadable{rig.lib}
	for _, i := range []*discordgo.Interaction{slash(cmdSaid, optSpeaker, "anybody"), slash(cmdArticle, optView, actTimeline)} {
		if r := rig.do(i); r.Data.Content != rig.words.Failed || r.Data.Flags&discordgo.MessageFlagsEphemeral == 0 {
			t.Errorf("want the sentence that it failed, got\n%s", dump(r))
		}
	}
	if r := rig.do(typing(cmdSaid, optSpeaker, "a")); len(r.Data.Choices) > 0 {
		t.Errorf("offered: %s", dump(r))
	}
}

// TestKeptPages turns the pages of lists back and forth: where pages begin is
// remembered, and each page stays the same.
func TestKeptPages(t *testing.T) {
	var parts []string
	for range 40 {
		parts = append(parts, strings.Repeat("The mayor said on Monday that 12 boats had sunk. ", 6))
	}
	a := corpus.FromParagraphs("Boats", "en", parts)
	a.ID, a.Published = "boats", date(t, "2019-09-26")
	rig := rigOf(t, []*corpus.Article{a})
	for _, first := range []*discordgo.Interaction{
		slash(cmdArticle, optName, "boats", optView, actFigures), slash(cmdArticle, optName, "boats", optView, actTimeline),
		slash(cmdSaid, optSpeaker, "mayor"), slash(cmdSearch, optWords, "boats"),
	} {
		one := rig.do(first)
		if !strings.Contains(dump(one), "Next (2 of ") {
			t.Errorf("there is one page:\n%s", dump(one))
			continue
		}
		label := ""
		for _, b := range buttonsOf(one.Data.Components) {
			if strings.HasPrefix(b.Label, "Next") {
				label = b.Label
			}
		}
		two := rig.do(rig.press(one, label))
		rig.Bot.starts = pageStarts{}
		if again := rig.do(rig.press(one, label)); dump(again) != dump(two) {
			t.Errorf("the second page changed:\n%s\n%s", dump(two), dump(again))
		}
		if again := rig.do(rig.press(one, label)); dump(again) != dump(two) {
			t.Errorf("the second page changed:\n%s\n%s", dump(two), dump(again))
		}
	}
}

// TestManyPages turns the pages of a list that is looked at in parts: each entry comes
// once, in order, and until all of them are known there are so many pages at least.
func TestManyPages(t *testing.T) {
	var parts []string
	for i := range 233 {
		parts = append(parts, strings.Repeat(fmt.Sprintf("The mayor said on Monday that %d boats had sunk. ", 100+i), 1+i%2)+strings.Repeat("It rained. ", i%40))
	}
	a := corpus.FromParagraphs("Boats", "en", parts)
	a.ID, a.Published = "boats", date(t, "2019-09-26")
	rig := rigOf(t, []*corpus.Article{a})
	figure := regexp.MustCompile(`1\d\d boats|[23]\d\d boats`)
	for _, first := range []*discordgo.Interaction{
		slash(cmdArticle, optName, "boats", optView, actFigures), slash(cmdArticle, optName, "boats", optView, actTimeline),
		slash(cmdArticle, optName, "boats", optView, actSaid), slash(cmdSaid, optSpeaker, "mayor"),
	} {
		var got, labels []string
		for r := rig.do(first); ; {
			for _, quoted := range regexp.MustCompile(`(?m)^> .*$`).FindAllString(r.Data.Content, -1) {
				got = append(got, figure.FindString(strings.ReplaceAll(quoted, "*", "")))
			}
			next := ""
			for _, b := range buttonsOf(r.Data.Components) {
				if strings.HasPrefix(b.Label, "Next") {
					next = b.Label
				}
			}
			if next == "" {
				break
			}
			labels = append(labels, next)
			r = rig.do(rig.press(r, next))
		}
		var want []string
		for i := range 233 {
			for range 1 + i%2 {
				want = append(want, fmt.Sprintf("%d boats", 100+i))
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%d entries, want %d: %q", len(got), len(want), got)
		}
		last := fmt.Sprintf("Next (%d of %d)", len(labels)+1, len(labels)+1)
		if !regexp.MustCompile(`^Next \(2 of 2\d\+\)$`).MatchString(labels[0]) || labels[len(labels)-1] != last || slices.ContainsFunc(labels, func(label string) bool {
			var page, of int
			_, err := fmt.Sscanf(label, "Next (%d of %d", &page, &of)
			return err != nil || page > of
		}) {
			t.Errorf("labels %q, want the first with a plus, and %q", labels, last)
		}
	}
}

// TestComparedSoFar shows what is found while articles are still being compared, and
// lists that go on.
func TestComparedSoFar(t *testing.T) {
	rig := newRig(t)
	f := ferryFacts(rig)
	rig.facts = comparing{f}
	for _, view := range []string{actDisagreements} {
		r := rig.do(slash(cmdArticle, optView, view))
		if !strings.Contains(r.Data.Content, "So far I have compared 1 of ") {
			t.Errorf("not told how far it is:\n%s", dump(r))
		}
	}
	r := rig.do(slash(cmdSaid, optSpeaker, "varn"))
	if first := strings.SplitN(r.Data.Content, "\n", 3)[1]; !strings.Contains(first, rig.words.SomeFiguresCut) {
		t.Errorf("not told that there are more: %s", first)
	}
}

// comparing are facts that are not all counted.
type comparing struct{ *told }

func (f comparing) Disagreements(context.Context, string, int) (answer.List[answer.Disagreement], error) {
	return answer.List[answer.Disagreement]{Left: f.lib.Size() - 1}, nil
}

func (f comparing) Said(ctx context.Context, speaker, about, article string, limit int) (answer.List[answer.Statement], error) {
	list, err := f.told.Said(ctx, speaker, about, article, limit)
	list.More = true
	return list, err
}
