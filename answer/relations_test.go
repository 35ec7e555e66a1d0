package answer

import (
	"context"
	"strings"
	"testing"
	"testing/fstest"

	"footnote/corpus"
)

// hills is an article made up for these tests.
const hills = `Fighting spread in the Torvan hills on Monday, a week after the talks in Lindby broke down without a result.

General Tomas Reker, who commands the rebels in the north, is supported by Norland, Suvia and Estmark. The government of President Ana Volen is backed by the United States.

Reker himself backs the miners' union of Torva, which has been on strike since March.

In May Estmark attacked Norland along the river Aske, and both countries withdrew their envoys. Karelia is allied with Westria, its neighbour to the south.

Volen accused Suvia of arming the rebels. Suvia's foreign minister, Jon Halle, denied that his country sent weapons to Reker.

On Tuesday Jon Halle met the envoy Mira Sand in Lindby. Westria hosted the rebels of the hills in January.
`

func hillsLibrary(t testing.TB) *Library {
	t.Helper()
	lib, err := corpus.LoadFS(fstest.MapFS{"hills.txt": {Data: []byte(hills)}})
	if err != nil {
		t.Fatal(err)
	}
	return inMemory(t, lib.Articles)
}

func TestLibraryRelations(t *testing.T) {
	l := hillsLibrary(t)
	for _, c := range []struct {
		query RelationQuery
		want  string // kind(actor, target) and who says so
	}{
		{RelationQuery{Kind: Backs, Target: "tomas reker"}, "backs(Norland, Tomas Reker); backs(Suvia, Tomas Reker); backs(Estmark, Tomas Reker)"},
		{RelationQuery{Kind: Backs, Actor: "REKER"}, "backs(Tomas Reker, the miners' union of Torva)"},
		{RelationQuery{Kind: Backs, Actor: "the US"}, "backs(United States, Ana Volen)"},
		{RelationQuery{Kind: Backs, Actor: "America"}, "backs(United States, Ana Volen)"},
		{RelationQuery{Kind: Fights}, "fights(Estmark, Norland)"},
		{RelationQuery{Kind: Fights, Actor: "Norland"}, ""},
		{RelationQuery{Kind: Allied, Actor: "Westria"}, "allied(Karelia, Westria)"},
		{RelationQuery{Kind: Meets, Target: "halle"}, "meets(Jon Halle, Mira Sand)"},
		{RelationQuery{Target: "rebels", Actor: "Suvia"}, "backs(Suvia, the rebels) by Ana Volen"},
		{RelationQuery{Article: "hills", Kind: Hosts}, "hosts(Westria, the rebels)"},
		{RelationQuery{Article: "another"}, ""},
	} {
		var got []string
		for _, r := range sure(l.Relations(t.Context(), c.query)) {
			one := string(r.Kind) + "(" + r.Actor + ", " + r.Target + ")"
			if r.SaidBy != "" {
				one += " by " + r.SaidBy
			}
			got = append(got, one)
			if text := sure(l.Article(r.Article)).Text; r.Sentence.Len() == 0 || !r.Sentence.Contains(r.ActorAt) || !r.Sentence.Contains(r.TargetAt) || text[r.ActorAt.Start:r.ActorAt.End] == "" {
				t.Errorf("%+v: %+v", c.query, r)
			}
		}
		if strings.Join(got, "; ") != c.want {
			t.Errorf("%+v\n got %s\nwant %s", c.query, strings.Join(got, "; "), c.want)
		}
	}
}

// TestDirection asks both ways round: who does what to whom decides, not which
// names stand near each other.
func TestDirection(t *testing.T) {
	l := hillsLibrary(t)
	const backers = "Norland, Suvia and Estmark"
	for _, c := range []struct{ question, answer string }{ // part of the answer; "" for none
		{"Who backs Reker?", backers},
		{"Which countries support Reker?", backers},
		{"Who is Reker backed by?", backers},
		{"Who does Reker back?", "union of Torva"},
		{"who does norland back", "Reker"},
		{"Who is backed by the United States?", "Ana Volen"},
		{"Who attacked Norland?", "Estmark"},
		{"Who did Estmark attack?", "Norland"},
		{"Who did Norland attack?", ""},
		{"Who attacked Estmark?", ""},
		{"When did Estmark attack Norland?", "May"},
		{"When did Norland attack Estmark?", ""},
		{"Did Estmark attack Norland or Norland attack Estmark?", "Estmark attacked Norland"},
		{"did Norland attack Estmark?", ""},
		{"Was Norland attacked by Estmark?", "Estmark attacked Norland"},
		{"Was Estmark attacked by Norland?", ""},
		{"Did Estmark attack Norland by the river?", "Estmark attacked Norland"},
		{"Was Norland attacked in May?", "Estmark attacked Norland"},
		{"Is Karelia allied with Westria?", "Karelia is allied with Westria"},
		{"Who is Westria allied with?", "Karelia"},
		{"Is Karelia allied with Norland?", ""},
		{"who attacked whom", "Estmark attacked Norland"},
		{"Who accused Suvia?", "Volen"},
		{"Who did Suvia accuse?", ""},
		{"Why did Suvia accuse Volen?", ""},
		{"Who met Mira Sand?", "Jon Halle"},
	} {
		a := l.Ask(context.Background(), Question{Text: c.question})
		if (a.Status == Answered) != (c.answer != "") || !strings.Contains(a.Answer, c.answer) {
			t.Errorf("%s: %s %q of %q, want %q", c.question, a.Status, a.Answer, a.Quote, c.answer)
		}
		check(t, l, a)
	}
}
