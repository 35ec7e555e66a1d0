package answer

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"footnote/corpus"
)

// wreck is an article of our own, published on a Wednesday.
const wreck = `The ferry Sandpiper ran aground on a reef in Lake Varn on Tuesday with 214 passengers on board. Rescuers from Eskelund pulled 31 of them out of the water. ` +
	`Captain Ida Holm was arrested by the harbour police on Tuesday evening.

Mayor Jens Dahl said that the captain had been asleep, and he accused the company of saving on lights. The company, Varn Lines, denied this.

The repairs will cost 2 million crowns, according to Varn Lines. The ferry had been built in 1987.

Eskelund beat Varnholm 3–1 in the cup.`

// highWater is another, with numbers counted out of others.
const highWater = `None of the 40 firefighters of Eskelund was hurt in the flood. Two of the five boats in the harbour sank.

A third of the 90 cows of Lund drowned. One in four houses on Gull Street was flooded.

The number of people in shelters in Varnholm rose from 12 to 31. The clean-up took just ten days. Rents on Gull Street rose tenfold.

The harbour fair was held from 3 to 5 March 2018. The mill on Gull Street burned on Sept. 11, 2018. More than a thousand people fled from Lund.

Five barges, two of which burned, lay at Gull Street. Of the 300 divers of Eskelund, 45 fell ill. Hardly any of the 70 buses of Lund ran.`

func TestClaimParts(t *testing.T) {
	checkClaims(t, library(t, dated("flood", "2019-06-12", ""), highWater), []claimCase{
		{"None of the 40 firefighters of Eskelund was hurt in the flood.", "same: figure None of the 40=None of the 40 same"},
		{"Five barges burned at Gull Street.", "different: figure Five=two different; name Gull Street=Gull Street same"},
		{"Five barges lay at Gull Street.", "same: figure Five=Five same; name Gull Street=Gull Street same"},
		{"300 divers of Eskelund fell ill.", "different: figure 300=45 different; name Eskelund=Eskelund same"},
		{"45 divers of Eskelund fell ill.", "same: figure 45=45 same; name Eskelund=Eskelund same"},
		{"70 buses of Lund ran.", "different: figure 70=Hardly any of the 70 different; name Lund=Lund same"},
		{"40 firefighters of Eskelund were hurt in the flood.", "different: figure 40=None of the 40 different"},
		{"Two boats in the harbour sank.", "same: figure Two=Two of the five same"},
		{"One boat in the harbour sank.", "different: figure One=Two of the five different"},
		{"Five boats in the harbour sank.", "different: figure Five=Two of the five different"},
		{"A third of the cows of Lund drowned.", "same: figure A third=A third of the 90 same"},
		{"30 cows of Lund drowned.", "same: figure 30=A third of the 90 same"},
		{"90 cows of Lund drowned.", "different: figure 90=A third of the 90 different"},
		{"A quarter of the houses on Gull Street was flooded.", "same: figure A quarter=One in four same"},
		{"25% of the houses on Gull Street were flooded.", "same: figure 25%=One in four same"},
		{"The number of people in shelters in Varnholm rose to 31.", "same: figure 31=31 same"},
		{"There are 12 people in shelters in Varnholm.", "different: figure 12=31 different"},
		{"The clean-up took ten days.", "same: figure ten=just ten same"},
		{"The clean-up took twelve days.", "different: figure twelve=just ten different"},
		{"Rents on Gull Street rose 10-fold.", "same: figure 10-fold=tenfold same"},
		{"Rents on Gull Street rose 12-fold.", "different: figure 12-fold=tenfold different"},
		{"The harbour fair was held from 3 to 5 March 2018.", "same: date 3 to 5 March 2018=3 to 5 March 2018 same"},
		{"The harbour fair was held on 9 March 2018.", "different: date 9 March 2018=3 to 5 March 2018 different"},
		{"The harbour fair was held in March 2018.", "same: date March 2018=3 to 5 March 2018 same"},
		{"The mill on Gull Street burned on 11 September 2018.", "same: date 11 September 2018=Sept. 11, 2018 same"},
		{"The mill on Gull Street burned on 12 September 2018.", "different: date 12 September 2018=Sept. 11, 2018 different"},
		{"More than 1,000 people fled from Lund.", "same: figure More than 1,000=More than a thousand same"},
	})
}

func TestCheckClaim(t *testing.T) {
	checkClaims(t, library(t, dated("ferry", "2019-06-12", ""), wreck), []claimCase{
		{"214 passengers were on board when the Sandpiper ran aground.", "same: figure 214=214 same; name Sandpiper=Sandpiper same"},
		{"The Sandpiper had 240 passengers on board when it ran aground on the reef.", "different: figure 240=214 different; name Sandpiper=Sandpiper same"},
		{"On Monday the Sandpiper ran aground on a reef in Lake Varn.", "different: date Monday=Tuesday different; name Sandpiper=Sandpiper same; name Lake Varn=Lake Varn same"},
		{"The harbour police were arrested by Captain Ida Holm.", "different: name Ida Holm=Captain Ida Holm same; relation The harbour police were arrested by Captain Ida Holm. different"},
		{"The captain was asleep.", "said: matter by Jens Dahl"},
		{"Jens Dahl said the captain had been asleep.", "same"},
		{"The repairs of the ferry will cost two million crowns.", "said: figure two million crowns=2 million crowns said by Varn Lines"},
		{"One captain was arrested by the harbour police.", "same"},
		{"Captain Ida Holm was not arrested by the harbour police.", "different: matter"},
		{"Jens Dahl said that the captain had not been asleep.", "different: matter"},
		{"Captain Ida Holm was released by the harbour police.", "different: matter"},
		{"Captain Bill Holm was arrested by the harbour police.", "different: name Holm=Captain Ida Holm different"},
		{"The Sandpiper had fewer than 214 passengers on board.", "different: figure"},
		{"The repairs will cost 2 million euros.", "absent: figure"},
		{"The ferry was built on 3 May 1987.", "absent: date"},
		{"Eskelund beat Varnholm 3–1.", "same: figure 3–1=3–1 same"},
		{"Eskelund beat Varnholm 4–0.", "different: figure 4–0=3–1 different"},
		{"Ida Holm studied law in Copenhagen.", "absent"},
		{"Cats are better than dogs.", "absent"},
		{"", "absent"},
		{"?!", "absent"},
	})
}

type claimCase struct{ claim, want string }

func checkClaims(t *testing.T, l *Library, cases []claimCase) {
	t.Helper()
	for _, c := range cases {
		got := l.CheckClaim(context.Background(), c.claim, "")
		verdict, details, _ := strings.Cut(c.want, ": ")
		if string(got.Verdict) != verdict {
			t.Errorf("%q: %s (%s), want %s", c.claim, got.Verdict, itemsOf(l, got), c.want)
		}
		for _, d := range strings.Split(details, "; ") {
			if !strings.Contains(itemsOf(l, got), d) {
				t.Errorf("%q: %s lacks %q", c.claim, itemsOf(l, got), d)
			}
		}
	}
}

// library prepares a text of several paragraphs as the article.
func library(t testing.TB, a *corpus.Article, text string) *Library {
	t.Helper()
	b := corpus.FromParagraphs(a.Title, "en", strings.Split(text, "\n\n"))
	b.ID, b.Published = a.ID, a.Published
	return inMemory(t, []*corpus.Article{b})
}

func itemsOf(l *Library, c Claim) string {
	var items []string
	for _, i := range c.Items {
		s := fmt.Sprintf("%s %s", i.Kind, i.Claimed)
		if i.Kind == MatterItem {
			s = string(i.Kind)
		} else if i.Verdict != NotThere && i.Verdict != Elsewhere && i.Kind != RelationItem {
			s += "=" + sure(l.Article(i.Article)).Quote(i.Found)
		}
		if i.Kind != MatterItem {
			s += " " + string(i.Verdict)
		}
		if i.SaidBy != "" && i.Verdict == OnlySaid {
			s += " by " + i.SaidBy
		}
		items = append(items, s)
	}
	return strings.Join(items, "; ")
}

// Whatever is claimed, what the library is said to have in its place is a slice
// of one of its sentences.
func FuzzCheckClaim(f *testing.F) {
	for _, s := range []string{"On Monday 214 people", "Dahl accused Varn Lines of 5% – \"2 million\"", strings.Repeat("Holm ", 300), "«»\x00🦀 1987"} {
		f.Add(s)
	}
	l := library(f, dated("ferry", "2019-06-12", ""), wreck)
	f.Fuzz(func(t *testing.T, text string) {
		c := l.CheckClaim(context.Background(), text, "")
		for _, i := range c.Items {
			if i.Verdict == NotThere || i.Verdict == Elsewhere {
				continue
			}
			a := sure(l.Article(i.Article))
			if a == nil || !i.Sentence.Contains(i.Found) || !utf8.ValidString(a.Quote(i.Found)) || i.Found.Len() == 0 {
				t.Errorf("%q: %+v is no slice of its sentence", text, i)
			}
		}
	})
}

// BenchmarkFindings times what is shown beside answers, on the shipped article.
func BenchmarkFindings(b *testing.B) {
	l := shipped(b)
	for name, f := range map[string]func(){
		"said":      func() { l.Said(b.Context(), "Haftar", "", "", 501) },
		"figures":   func() { l.AllFigures(b.Context(), "", 501) },
		"timeline":  func() { l.Timeline(b.Context(), "", 501) },
		"relations": func() { l.Relations(b.Context(), RelationQuery{Kind: Backs, Target: "Haftar"}) },
		"claim": func() {
			l.CheckClaim(context.Background(), "At least 1,000 people have been killed in Libya since April, said al-Sarraj.", "")
		},
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				f()
			}
		})
	}
}
