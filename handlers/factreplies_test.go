package handlers

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/bwmarrin/discordgo"

	"footnote/answer"
	"footnote/corpus"
)

// TestFactReplies compares whole replies about who said it, what was counted and
// when it happened, made of facts that the test brings.
func TestFactReplies(t *testing.T) {
	const authority = "Lake Varn Harbour Authority"
	for _, test := range []struct {
		name  string
		do    *discordgo.Interaction
		press []string
	}{
		{"said", slash(cmdSaid, optSpeaker, authority), nil},
		{"said-context", slash(cmdSaid, optSpeaker, authority), []string{"Context of 2"}},
		{"said-about", slash(cmdSaid, optSpeaker, authority, optAbout, "lighthouse"), nil},
		{"said-everybody", slash(cmdSaid, optSpeaker, "r"), nil},
		{"said-everybody-next", slash(cmdSaid, optSpeaker, "r"), []string{"Next (2 of 2)"}},
		{"said-article", slash(cmdSaid, optSpeaker, "union", optArticle, "barley-harvest"), nil},
		{"said-nothing", slash(cmdSaid, optSpeaker, "the *mayor*"), nil},
		{"said-nothing-about", slash(cmdSaid, optSpeaker, "varn", optAbout, "chess"), nil},
		{"said-nothing-article", slash(cmdSaid, optSpeaker, "union", optArticle, "archive/note"), nil},
		{"said-empty", slash(cmdSaid, optSpeaker, " "), nil},
		{"complete-speaker", typing(cmdSaid, optSpeaker, ""), nil},
		{"complete-speaker-typed", typing(cmdSaid, optArticle, "ferry", optSpeaker, "VARN l"), nil},
		{"view-figures", slash(cmdArticle, optName, "ferry", optView, actFigures), nil},
		{"view-figures-all", slash(cmdArticle, optView, actFigures), nil},
		{"view-timeline", slash(cmdArticle, optName, "ferry", optView, actTimeline), nil},
		{"view-said", slash(cmdArticle, optName, "ferry", optView, actSaid), nil},
		{"view-none", slash(cmdArticle, optName, "Note", optView, actTimeline), []string{"Figures", "Who said what", "Disagreements"}},
		{"view-back", slash(cmdArticle, optName, "ferry", optView, actTimeline), []string{"Outline"}},
		{"declared-counted", slash("rescue"), nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			rig := newRig(t)
			ferryFacts(rig)
			r := rig.do(test.do)
			for _, label := range test.press {
				r = rig.do(rig.press(r, label))
			}
			golden(t, test.name, dump(r))
		})
	}
}

// TestFactsOfEachLanguage lists facts in the libraries' languages.
func TestFactsOfEachLanguage(t *testing.T) {
	for code := range languages() {
		if code == "en" {
			continue // see TestFactReplies
		}
		t.Run(code, func(t *testing.T) {
			rig := languageRig(t, code)
			f := anyFacts(rig)
			id := rig.lib.Articles()[0].ID
			var all strings.Builder
			for _, i := range []*discordgo.Interaction{
				slash(cmdSaid, optSpeaker, f.speakers[0].name),
				slash(cmdSaid, optSpeaker, f.speakers[0].name, optAbout, "*"),
				slash(cmdArticle, optName, id, optView, actFigures),
				slash(cmdArticle, optName, id, optView, actTimeline),
				slash(cmdArticle, optName, id, optView, actDisagreements),
				slash(cmdArticle),
			} {
				all.WriteString(dump(rig.do(i)) + "\n")
			}
			golden(t, code+"-facts", all.String())
		})
	}
}

// anyFacts makes facts of an article's first sentences, whatever they tell.
func anyFacts(rig *rig) *told {
	f := &told{}
	var first *answer.Version
	for _, a := range rig.lib.Articles() {
		for _, p := range a.Passages[:min(len(a.Passages), 10)] {
			for _, s := range p.Sentences[:min(len(p.Sentences), 3)] {
				n := len(f.statements)
				w := answer.Where{Article: a.ID, Paragraph: p.Number, Sentence: s.Span}
				word := s.Span
				if i := strings.IndexByte(a.Quote(s.Span), ' '); i > 0 {
					word.End = word.Start + i
				}
				f.speakers = append(f.speakers, tells{a.Title, a.ID, n + 1})
				f.statements = append(f.statements, answer.Statement{Where: w, Speaker: a.Title, Direct: n%2 == 0})
				figure := answer.Figure{Where: w, Kind: "count", Span: s.Span, Number: word, Counts: corpus.Span{Start: word.End, End: s.End}}
				if n%2 == 0 {
					figure.SaidBy, figure.AsOf = a.Title, fmt.Sprintf("2019-%02d-01", n%12+1)
				}
				f.figures = append(f.figures, figure)
				f.events = append(f.events, answer.Event{Where: w, Words: word,
					From: answer.Date{Year: 2011 + n, Month: n % 4, Day: n % 2 * n % 4}, To: answer.Date{Year: 2012 + n}})
				version := answer.Version{Where: w, Span: word, SaidBy: a.Title, Dated: "2019-05"}
				if first == nil {
					first = &version
				}
				f.disagreements = append(f.disagreements, answer.Disagreement{About: a.Title, Dates: n%2 == 1, A: *first, B: version})
				f.relations = append(f.relations, answer.Relation{Where: w, Kind: answer.Backs, Actor: a.Title, Target: a.Source, ActorAt: word, TargetAt: word, SaidBy: a.Title})
			}
		}
	}
	return rig.tell(f)
}

// TestDisagreements shows two versions side by side, from the front page and
// from an article, and decides nothing.
func TestDisagreements(t *testing.T) {
	gazette := corpus.FromParagraphs("The ferry", "en", []string{"The coastguard said at least 31 people had been injured. It sank on 4 June."})
	gazette.ID, gazette.Source, gazette.Published = "ferry", "The Harbour_Gazette", date(t, "2019-06-12")
	wire := corpus.FromParagraphs("Accidents of the year", "en", []string{"When the ferry sank on 5 June, 40 people were injured."})
	wire.ID, wire.Published = "accidents", date(t, "2026-11-02")
	rig := rigOf(t, []*corpus.Article{gazette, wire})
	a, at := rig.in("ferry", "at least 31 people")
	b, bt := rig.in("accidents", "40 people")
	c, ct := rig.in("ferry", "on 4 June")
	d, dt := rig.in("accidents", "on 5 June")
	rig.tell(&told{disagreements: []answer.Disagreement{
		{About: "people injured", A: answer.Version{Where: a, Span: at, SaidBy: "coastguard"}, B: answer.Version{Where: b, Span: bt}},
		{Dates: true, A: answer.Version{Where: c, Span: ct, Dated: "2019-06-04"}, B: answer.Version{Where: d, Span: dt, Dated: "2019-06-05"}},
	}})
	front := rig.do(slash(cmdArticle))
	golden(t, "disagree-front", dump(front))
	golden(t, "disagree-all", dump(rig.do(rig.press(front, "Disagreements"))))
	of := rig.do(slash(cmdArticle, optName, "accidents", optView, actDisagreements))
	golden(t, "disagree-article", dump(of))
}

// relationArticle declares commands that list relations.
const relationArticle = `---
title: Two towns and a ferry
source: Valley Wire
published: 2026-11-02
commands:
  who-backs:
    description: Who backs one of the two towns
    relation: who backs {town}
    options:
      town: {description: The town, choices: {ostrel: Ostrel, quill: Quillstead}}
  backs-whom:
    description: Whom one of the companies backs
    relation: "{company} backs whom"
    options:
      company: {description: The company, choices: {varn: Varn Lines, tarn: Tarn Mills}}
  who-fights: {description: Who fights whom, relation: who fights whom}
---
Varn Lines and the province back Ostrel, the harbour says. It is backed by the mill, too.

Quillstead, said the mayor, has the support of Varn Lines.
`

// TestRelations lists relations by commands of an article's header.
func TestRelations(t *testing.T) {
	folder := t.TempDir()
	if err := os.WriteFile(folder+"/towns.md", []byte(relationArticle), 0o644); err != nil {
		t.Fatal(err)
	}
	lib, err := corpus.Load(folder)
	if err != nil || len(lib.Problems) > 0 {
		t.Fatal(err, lib.Problems)
	}
	for _, c := range []struct {
		name string
		do   *discordgo.Interaction
	}{
		{"relation", slash("who-backs", "town", "ostrel")},
		{"relation-one", slash("backs-whom", "company", "varn")},
		{"relation-none", slash("backs-whom", "company", "tarn")},
		{"relation-blank", slash("who-fights")},
		{"relation-old-choice", slash("who-backs", "town", "gone")},
	} {
		t.Run(c.name, func(t *testing.T) {
			rig := rigOf(t, lib.Articles)
			relate := func(actor, target, words, actorAt, targetAt, saidBy string) answer.Relation {
				w, at := rig.in("towns", words)
				text := sure(rig.lib.Article("towns")).Text
				find := func(s string) corpus.Span {
					i := at.Start + strings.Index(text[at.Start:], s)
					return corpus.Span{Start: i, End: i + len(s)}
				}
				return answer.Relation{Where: w, Kind: answer.Backs, Actor: actor, Target: target, ActorAt: find(actorAt), TargetAt: find(targetAt), SaidBy: saidBy}
			}
			rig.tell(&told{relations: []answer.Relation{
				relate("Varn Lines", "Ostrel", "Varn Lines and the province", "Varn Lines", "Ostrel", "the harbour"),
				relate("the province", "Ostrel", "Varn Lines and the province", "the province", "Ostrel", "the harbour"),
				relate("the mill", "Ostrel", "It is backed", "the mill", "It", ""),
				relate("Varn Lines", "Quillstead", "Quillstead, said", "Varn Lines", "Quillstead", "the mayor"),
			}})
			golden(t, c.name, dump(rig.do(c.do)))
		})
	}
}

// TestRelationKinds holds the words of a header to the kinds that are found.
func TestRelationKinds(t *testing.T) {
	kinds := []answer.RelationKind{answer.Backs, answer.Allied, answer.Fights, answer.Accuses, answer.Leads, answer.Hosts, answer.Meets}
	if got, want := fmt.Sprint(corpus.RelationKinds), fmt.Sprint(kinds); got != want {
		t.Errorf("a header may have %s, found are %s", got, want)
	}
}

// TestParties tells together who does the same to the same, and keeps apart who does not.
func TestParties(t *testing.T) {
	relation := func(actor, target string) answer.Relation { return answer.Relation{Actor: actor, Target: target} }
	p := &page{words: english()}
	for _, c := range []struct {
		relations []answer.Relation
		want      string
	}{
		{[]answer.Relation{relation("A", "X"), relation("B", "X"), relation("A", "X")}, "Who: A, B. Whom: X."},
		{[]answer.Relation{relation("A", "X"), relation("A", "Y")}, "Who: A. Whom: X, Y."},
		{[]answer.Relation{relation("A", "X"), relation("B", "Y"), relation("C", "Y")}, "Who: A. Whom: X.|Who: B, C. Whom: Y."},
	} {
		if got := strings.Join(p.parties(c.relations), "|"); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}

// TestDated writes resolved dates.
func TestDated(t *testing.T) {
	for _, c := range []struct{ code, date, want string }{
		{"en", "2019-09-25", "25 September 2019"}, {"en", "2019-09", "September 2019"}, {"en", "2011", "2011"}, {"en", "2011/2014", "2011 to 2014"},
		{"en", "2011/2011", "2011"}, {"en", "2019-09-25/2019-10", "25 September 2019 to October 2019"}, {"en", "last *week*", `last \*week\*`}, {"en", "2019-13", "2019"},
		{"en", "", ""}, {"en", "2011/x", "2011/x"}, {"en", "1-2-3-4", "1-2-3-4"},
		{"de", "2019-09-25", "25. September 2019"}, {"de", "2011/2014", "2011 bis 2014"}, {"es", "2011/2014", "de 2011 a 2014"}, {"fr", "2019-05-01", "1er mai 2019"},
		{"ru", "2019-09", "сентябрь 2019 года"}, {"ru", "2011/2014", "2011 год — 2014 год"}, {"ar", "2011/2014", "من 2011 إلى 2014"},
	} {
		if got := languages()[c.code].dated(c.date); got != c.want {
			t.Errorf("%s: %q is written %q, want %q", c.code, c.date, got, c.want)
		}
	}
}
