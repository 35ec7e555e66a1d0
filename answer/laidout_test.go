package answer

import (
	"context"
	"strings"
	"testing"

	"footnote/corpus"
)

// What the layout of a page says: questions over their answers, definitions,
// clauses, changes, rows of tables. A line has the question, a part of the
// quotation with what stands before it, and the short answer; both are empty
// where nothing must be shown, and the answer is "-" where any will do.
func TestLaidOut(t *testing.T) {
	lib, err := corpus.Load("testdata/laidout")
	if err != nil {
		t.Fatal(err)
	}
	l := inMemory(t, lib.Articles)
	for _, c := range []struct{ question, quote, answer string }{
		{"When are you open?", "From 1 April to 31 October, daily", "-"},
		{"How much does a day cost?", "A bicycle costs 14 euros a day.", "-"},
		{"Why can't I close the lock?", "The bolt is most likely frozen.", "The bolt is most likely frozen."},
		{"Can I bring my dog?", "Yes.|Dogs ride free", "-"},
		{"Can I take a dog?", "Yes.|Dogs ride free", "-"},
		{"Do you rent helmets?", "Do you rent helmets?|No.", "No."},
		{"How do I reset the lock?", "Turn the dial to zero", "-"},
		{"What happens if I lose the key?", "You pay 30 euros for a new one.", "-"},
		{"Who repairs a flat tyre?", "Our mechanic repairs it", "-"},
		{"Who should I ask about the trailers?", "Ask Nils Roe or his sister.", "Nils Roe or his sister"},
		{"Who is Nils Roe?", "Ask Nils Roe or his sister.", "-"},
		{"Where can I park?", "Behind the old dairy.", "-"},
		{"Is there a deposit?", "Yes, 50 euros for each", "-"},
		{"Can I pay by card?", "Yes, by every common card.", "-"},
		{"May children ride alone?", "Only from the age of twelve.", "-"},
		{"Is the path lit at night?", "No.|Please bring a lamp", "-"},
		{"Why are the bicycles green?", "the first owner's milk van", "-"},
		{"Can I hire a boat?", "", ""},

		{"How long have you kept the lighthouse?", "GRETA MOLL: For thirty-one years.", "-"},
		{"Who will follow you?", "My niece Tilda", "-"},
		{"Who paid for the wheel?", "(00:09): Mostly friends of the mill.", "-"},
		{"Where does the water come from?", "From the upper pond.", "From the upper pond"},
		{"Who is Emil Brandt?", "", ""},
		{"When was the wheel rebuilt?", "The wheel opened", "nine years ago"},
		{"What did Tilda Roe say?", "“A mill without a pond", "-"},
		{"Will the lamp be electric?", "No, never.", "-"},

		{"What does Plot mean?", "1.1 \"Plot\" means", "the piece of land that is marked on the plan"},
		{"What is a plot?", "1.1 \"Plot\" means", "the piece of land that is marked on the plan"},
		{"Who is the holder?", "1.2 \"Holder\" means", "whoever has signed this agreement"},
		{"What is the definition of holder?", "1.2 \"Holder\" means", "-"},
		{"What is the Society?", "1.3 \"The Society\" means", "the Garden Society of Overmouth"},
		{"What does clause 2.1 say?", "2.1 The rent is 45 euros a year.", "-"},
		{"what is in section 3.2", "3.2 The holder shall clear the ashes", "-"},
		{"What does 2.2(b) say?", "(b) in two parts", "-"},
		{"What is rule 3?", "Water in the evening.", "-"},
		{"What does rule 2 say?", "Keep the paths free of tools and\nbarrows.", "-"},
		{"How much is the rent?", "2.1 The rent is 45 euros a year.", "45 euros a year"},
		{"Who wrote clause 3.1?", "", ""},
		{"What does clause 9.9 say?", "", ""},

		{"What is a heddle?", "A loop of wire", "A loop of wire that guides one thread"},
		{"What is weft?", "The threads that go across.", "The threads that go across"},
		{"What is fulling?", "Fulling: beating wet cloth", "beating wet cloth until it thickens"},
		{"What does selvage mean?", "Selvage – the edge", "the edge that does not fray"},
		{"What is a bobbin?", "It holds the yarn", "-"},
		{"Who was Orla Finch?", "Orla Finch (1871–1940)", "dyer and founder of the guild"},
		{"Who is Piet Maas?", "Piet Maas (born 1962)", "weaver"},
		{"Who is Nell Arden?", "Nell Arden, keeper", "keeper of the museum since 2011"},

		{"When does the museum open on Saturday?", "Saturday\t9:30", "9:30"},
		{"Who guides on Friday?", "Friday\t10:00", "Nell Arden"},
		{"On which day is Piet Maas the guide?", "Saturday\t9:30", "Saturday"},

		{"What changed in 4.2.1?", "Patterns with more than 64 rows", "-"},
		{"What's new in version 4.2?", "A crash with empty patterns.", "-"},
		{"What was fixed in 4.2.0?", "A crash with empty patterns.", "-"},
		{"When was 4.2.1 released?", "4.2.1 (2023-11-08)", "2023-11-08"},
		{"When did version 4.1 come out?", "Version 4.1, 3 May 2023", "3 May 2023"},
		{"In which version was the crash with empty patterns fixed?", "", ""},
		{"What was removed in 4.0.2?", "Removed: the old clock.", "-"},
		{"What was fixed in version 4.0.1?", "Fixed: the needle", "-"},
		{"What was fixed in 4.0.2?", "", ""},
		{"What is new in 4.0.1?", "New: a dark background.", "-"},
		{"When was 4.9 released?", "", ""},

		{"What is the hull made of?", "Oak, from the island.", "-"},
		{"When will she be launched?", "It is planned for 4 June.", "4 June"},
		{"What is a thwart?", "Thwart - a seat", "a seat across a boat"},
		{"Who was Jon Moll?", "Jon Moll (1950-2001): carpenter", "carpenter"},
		{"What will you miss most?", "The sound of the fog horn.", "-"},
		{"Will you come back?", "Will you come back?|Never.", "-"},
		{"Who painted the tower?", "by the sailors of the town", "the sailors of the town"},
		{"How many lives were saved in 1998?", "1998\t3\t12", "12"},
		{"In which year were 12 lives saved?", "1998\t3\t12", "1998"},

		{"Which harbour has 80 passengers?", "Overmouth\t09:40", "Overmouth"},
		{"When does the ferry to Lorn depart?", "Lorn\t12:05", "12:05"},
		{"What is the fare to Eastmole?", "Eastmole\t07:15", "4"},
		{"How many passengers does the ferry from Lorn take?", "Lorn\t12:05", "40"},
		{"Which harbour has a fare of 7?", "Overmouth\t09:40", "Overmouth"},
		{"Which harbour has 7 passengers?", "", ""},
		{"Which harbour has the lowest fare?", "", ""},

		{"How much is an annual pass?", "Annual pass\t145 EUR", "145 EUR"},
		{"How much is a yearly pass?", "Annual pass\t145 EUR", "145 EUR"},
		{"What does a yearly pass cost?", "Annual pass\t145 EUR", "145 EUR"},
		{"How much is a monthly pass?", "", ""},
		{"How much is a morning ticket?", "", ""},
		{"What is the cheapest ticket?", "", ""},
	} {
		a := l.Ask(context.Background(), Question{Text: c.question})
		check(t, l, a)
		if c.quote == "" {
			if a.Status == Answered {
				t.Errorf("%q: got %q, answer %q, want nothing", c.question, a.Quote, a.Answer)
			}
			continue
		}
		before, quote, ok := strings.Cut(c.quote, "|")
		if !ok {
			before, quote = a.Context, before
		}
		if a.Status != Answered || !strings.Contains(a.Quote, quote) || a.Context != before || c.answer != "-" && a.Answer != c.answer {
			near := ""
			if len(a.Others) > 0 {
				near = a.Others[0].Quote
			}
			t.Errorf("%q: got %s %q behind %q, answer %q (near %q); want %q, answer %q", c.question, a.Status, a.Quote, a.Context, a.Answer, near, c.quote, c.answer)
		}
	}
}
