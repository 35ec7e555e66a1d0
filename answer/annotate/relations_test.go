package annotate_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"footnote/answer/annotate"
	"footnote/answer/words"
	"footnote/corpus"
)

// told writes the relations of a text: "backs(Egypt, Haftar)", with what
// stands at their places, in order; of a pronoun the name it stands for.
func told(t *testing.T, text string) []string {
	t.Helper()
	lib, err := corpus.LoadFS(fstest.MapFS{"test.txt": {Data: []byte(text)}})
	if err != nil {
		t.Fatal(err)
	}
	lib.Articles[0].Language = "en" // a sentence is too little to tell it by
	p := annotate.Prepare(lib.Articles[0], words.Load())
	var all []string
	for _, r := range p.Relations {
		s := p.Sentences[r.Sentence]
		name := func(party annotate.Party) string {
			at := p.Article.Text[s.Tokens[party.First].Start:s.Tokens[party.Last].End]
			if party.First == party.Last && (annotate.ThirdPerson[strings.ToLower(at)] || slices.Contains([]string{"they", "them", "it", "its", "their"}, strings.ToLower(at))) {
				if party.Entity < 0 {
					at += "=" + p.Article.Quote(party.Described)
				} else {
					at += "=" + p.Entities[party.Entity].Name
				}
			}
			return at
		}
		one := fmt.Sprintf("%s(%s, %s)", r.Kind, name(r.Actor), name(r.Target))
		if r.Ended {
			one += " no more"
		}
		all = append(all, one)
	}
	return all
}

func TestRelations(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"Chief executive of the Northern Water Board Olaf Berg spoke.", "leads(Olaf Berg, Northern Water Board)"},
		{"During Questions to Ministers on Monday, Ekholm defended the council's plan whilst promising a short report.",
			"backs(Ekholm, the council's)"},
		{"Norway and Denmark are on Sweden's side in this war.", "backs(Norway, Sweden's); backs(Denmark, Sweden's)"},
		{"Norway took Sweden's side.", "backs(Norway, Sweden's)"},
		{"Norway is on the other side.", ""},
		{"Norway backs Sweden.", "backs(Norway, Sweden)"},
		{"Norway and Denmark back Sweden.", "backs(Norway, Sweden); backs(Denmark, Sweden)"},
		{"Sweden is backed by Norway, Denmark and Finland.",
			"backs(Norway, Sweden); backs(Denmark, Sweden); backs(Finland, Sweden)"},
		{"Support from Norway for Sweden grew.", "backs(Norway, Sweden)"},
		{"Norway's support for Sweden grew.", "backs(Norway's, Sweden)"},
		{"Norwegian support for Sweden grew.", "backs(Norwegian, Sweden)"},
		{"Sweden has the support of Norway.", "backs(Norway, Sweden)"},
		{"Norway gave military support to Sweden.", "backs(Norway, Sweden)"},
		{"Norway sent weapons to the rebels.", "backs(Norway, the rebels)"},
		{"Norway denied backing Sweden.", ""},
		{"Norway does not support Sweden.", ""},
		{"Norway would support Sweden.", ""},
		{"Norway wants to support Sweden.", ""},
		{"Norway continued to support Sweden.", "backs(Norway, Sweden)"},
		{"The fighting between Norway and Sweden went on.", "fights(Norway, Sweden)"},
		{"Norway did not attack Sweden.", ""},
		{"Norway attacked Sweden and Finland condemned it.", "fights(Norway, Sweden); accuses(Finland, Norway)"},
		{"Norwegian forces shelled Swedish positions.", "fights(Norwegian forces, Swedish)"},
		{"Norway is at war with Sweden.", "fights(Norway, Sweden)"},
		{"Norway launched an attack on Sweden.", "fights(Norway, Sweden)"},
		{"An attack by Norway on Sweden followed.", "fights(Norway, Sweden)"},
		{"Norway and Sweden clashed on the border.", "fights(Norway, Sweden)"},
		{"Norway clashed with Sweden.", "fights(Norway, Sweden)"},
		{"Norway is allied with Sweden.", "allied(Norway, Sweden)"},
		{"Norway, jointly with Sweden, runs the office.", "allied(Norway, Sweden)"},
		{"Norway and Sweden formed an alliance.", "allied(Norway, Sweden)"},
		{"Norway's president Olaf Berg spoke.", "leads(Olaf Berg, Norway's)"},
		{"Olaf Berg, president of Norway, spoke.", "leads(Olaf Berg, Norway)"},
		{"Olaf Berg, the president of Norway, met Sven Dahl.",
			"leads(Olaf Berg, Norway); meets(Olaf Berg, Sven Dahl)"},
		{"Olaf Berg was president of Norway for years.", "leads(Olaf Berg, Norway)"},
		{"The former president of Norway, Olaf Berg, spoke.", ""},
		{"The rebels, led by Olaf Berg, attacked Oslo.", "leads(Olaf Berg, The rebels); fights(The rebels, Oslo)"},
		{"US-backed rebels attacked Sweden.", "backs(US, rebels); fights(rebels, Sweden)"},
		{"Olaf Berg accused Sven Dahl of backing Finland.",
			"accuses(Olaf Berg, Sven Dahl); backs(Sven Dahl, Finland)"},
		{"Olaf Berg was accused by Sven Dahl of lying.", "accuses(Sven Dahl, Olaf Berg)"},
		{"Olaf Berg called Sven Dahl a liar.", "accuses(Olaf Berg, Sven Dahl)"},
		{"Olaf Berg met Sven Dahl in Oslo.", "meets(Olaf Berg, Sven Dahl)"},
		{"Olaf Berg and Sven Dahl held talks.", "meets(Olaf Berg, Sven Dahl)"},
		{"Norway hosted the prime minister.", "hosts(Norway, the prime minister)"},
		{"Olaf Berg received Sven Dahl in Oslo.", "hosts(Olaf Berg, Sven Dahl)"},
		{"The rebels, who are supported by Norway, took the town.", "backs(Norway, The rebels)"},
		{"The states that back Olaf Berg met in Oslo.", "backs(The states, Olaf Berg)"},
		{"Olaf Berg is a farmer. He accused Norway of attacking Sweden.",
			"accuses(He=Olaf Berg, Norway); fights(Norway, Sweden)"},
		{"Fighters loyal to Olaf Berg bombed the town of Narvik.", "fights(Fighters loyal to Olaf Berg, Narvik)"},
		{"The uprising killed Olaf Berg, Norway's longtime leader.", "leads(Olaf Berg, Norway's) no more"},
		{"Olaf Berg, Norway's president, was ousted in May.", "leads(Olaf Berg, Norway's) no more"},
		{"Olaf Berg, Norway's president, was praised in May.", "leads(Olaf Berg, Norway's)"},
		{"French President Emmanuel Macron met Olaf Berg.",
			"leads(President Emmanuel Macron, French); meets(French President Emmanuel Macron, Olaf Berg)"},
		{"General Tomas Reker, who commands the rebels in the north, is supported by Norway, Sweden and Finland.",
			"leads(General Tomas Reker, the rebels); backs(Norway, General Tomas Reker); backs(Sweden, General Tomas Reker); backs(Finland, General Tomas Reker)"},
		{"The rebels have been armed by Norway.", "backs(Norway, The rebels)"},
		{"The army, backed by Norwegian jets, shelled rebels near the border.",
			"backs(Norwegian jets, The army); fights(The army, rebels)"},
		{"Norway has been fighting Swedish troops since May.", "fights(Norway, Swedish troops)"},
		{"Clashes broke out between police and protesters in Oslo.", "fights(police, protesters)"},
		{"Norway's prime minister, Olaf Berg, met with his Swedish counterpart, Sven Dahl.",
			"leads(Olaf Berg, Norway's); meets(Olaf Berg, Sven Dahl)"},
		{"Talks between Norway and Sweden resumed.", "meets(Norway, Sweden)"},
		{"The president of Norway visited Sweden.", ""},
		{"Norway said it backed Sweden.", "backs(Norway, Sweden)"},
		{"Olaf Berg said he backed Sven Dahl.", "backs(Olaf Berg, Sven Dahl)"},
		{"Olaf Berg was criticised by Sven Dahl and Mats Lind.",
			"accuses(Sven Dahl, Olaf Berg); accuses(Mats Lind, Olaf Berg)"},
		{"Norway blamed Sweden for attacking Finland.", "accuses(Norway, Sweden); fights(Sweden, Finland)"},
		{"Nordbank condemned the government for shooting at protesters.",
			"accuses(Nordbank, the government); fights(the government, protesters)"},
		{"The party's leader, Olaf Berg, resigned.", "leads(Olaf Berg, The party's)"},
		{"Olaf Berg, chief executive of Nordbank, apologised.", "leads(Olaf Berg, Nordbank)"},
		{"Nordbank boss Olaf Berg apologised.", "leads(Olaf Berg, Nordbank)"},
		{"Olaf Berg leads the Labour Party.", "leads(Olaf Berg, Labour Party)"},
		{"The Norwegian-led coalition bombed Narvik.", "leads(Norwegian, coalition); fights(coalition, Narvik)"},
		{"Norway supplied the rebels with weapons.", "backs(Norway, the rebels)"},
		{"Norway sided with Sweden against Finland.", "backs(Norway, Sweden)"},
		{"Norway threatened to attack Sweden.", ""},
		{"Norway refused to back Sweden.", ""},
		{"Norway stopped backing Sweden.", ""},
		{"If Norway attacks Sweden, Finland will fight.", ""},
		{"Did Norway attack Sweden?", ""},
		{"Olaf Berg endorsed Sven Dahl for mayor.", "backs(Olaf Berg, Sven Dahl)"},
		{"Norway and Sweden are at war.", "fights(Norway, Sweden)"},
		{"Norway went to war with Sweden in May.", "fights(Norway, Sweden)"},
		{"Norway's war against Sweden goes on.", "fights(Norway's, Sweden)"},
		{"Rebels attacked an army base near Oslo.", ""},
		{"Norway's allies, Sweden and Finland, were silent.", ""},
		{"Norway, an ally of Sweden, was silent.", "allied(Norway, Sweden)"},
		{"Norway has accused its neighbour Sweden of arming rebels.",
			"accuses(Norway, Sweden); backs(Sweden, rebels)"},
		{"The union sued Nordbank.", "accuses(The union, Nordbank)"},
		{"Olaf Berg hit out at Sven Dahl.", "accuses(Olaf Berg, Sven Dahl)"},
		{"The king received Olaf Berg at the palace.", "hosts(The king, Olaf Berg)"},
		{"Olaf Berg was received by the king.", "hosts(the king, Olaf Berg)"},
		{"Olaf Berg received a letter from Sven Dahl.", ""},
		{"Oslo hosts the games.", ""},
		{"Sven Dahl, 45, heads the agency.", "leads(Sven Dahl, the agency)"},
		{"She leads the team.", ""},
		{"Norway won the support of Sweden.", "backs(Sweden, Norway)"},
		{"With the help of Norway, Sweden won.", ""},
		{"Norway has thrown its weight behind Sven Dahl.", "backs(Norway, Sven Dahl)"},
		{"The militia fought alongside Norwegian troops against Sweden.", "allied(The militia, Norwegian troops)"},
		{"Troops loyal to Olaf Berg clashed with the militia.", "fights(Troops loyal to Olaf Berg, the militia)"},
		{"The mayor of Oslo, Olaf Berg, spoke.", "leads(Olaf Berg, Oslo)"},
		{"Norway and Finland, which support Sweden, disagreed.", "backs(Norway, Sweden); backs(Finland, Sweden)"},
		{"Norway's ally Sweden was silent.", "allied(Sweden, Norway's)"},
		{"Sven Dahl, a critic of Olaf Berg, spoke.", "accuses(Sven Dahl, Olaf Berg)"},
		{"Olaf Berg is a supporter of Sven Dahl.", "backs(Olaf Berg, Sven Dahl)"},
	} {
		if got := strings.Join(told(t, c.text), "; "); got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.text, got, c.want)
		}
	}
}

// FuzzRelations wants the ends of every relation inside its sentence, on the
// borders of runes, whatever the text.
func FuzzRelations(f *testing.F) {
	f.Add("Norway, Sweden and Denmark’s “US-backed” rebels, led by Åsa Öberg, attacked them. They accused it of backing Finland’s president.")
	f.Add("by and which that to be backed supported by \"led by, of the")
	f.Add("Egypt's. Egypt’s' president of of the")
	f.Fuzz(func(t *testing.T, text string) {
		lib, err := corpus.LoadFS(fstest.MapFS{"test.txt": {Data: []byte(text)}})
		if err != nil || len(lib.Articles) == 0 {
			return
		}
		lib.Articles[0].Language = "en"
		p := annotate.Prepare(lib.Articles[0], words.Load())
		for _, r := range p.Relations {
			s := p.Sentences[r.Sentence]
			for _, party := range []annotate.Party{r.Actor, r.Target} {
				if party.First < 0 || party.Last < party.First || party.Last >= len(s.Tokens) {
					t.Fatalf("%q: tokens %d to %d of %d", text, party.First, party.Last, len(s.Tokens))
				}
				from, to := s.Tokens[party.First].Start, s.Tokens[party.Last].End
				if from < s.Start || to > s.End || !utf8.ValidString(p.Article.Text[from:to]) {
					t.Fatalf("%q: a party at %d to %d of the sentence %d to %d", text, from, to, s.Start, s.End)
				}
			}
			if r.Actor.Unknown() || r.Target.Unknown() {
				t.Fatalf("%q: a relation with nobody: %+v", text, r)
			}
		}
	})
}
