package annotate

import (
	"strings"
	"testing"
)

// Who speaks where the line, the signature or the sentence before says so. A
// bar stands between paragraphs.
func TestTurns(t *testing.T) {
	for _, c := range []struct{ text, speakers string }{
		{`“The dam has held.” — Anna Kessler, mayor of Brookfield`, `Anna Kessler`},
		{`“The dam has held. We were lucky.” — Anna Kessler`, `Anna Kessler,Anna Kessler`},
		{`“The dam has held.”|— Anna Kessler, mayor of Brookfield`, `Anna Kessler`},
		{`“The dam has held.”|- Mayor Anna Kessler`, `Anna Kessler`},
		{`“The dam has held. We were lucky.”|Anna Kessler, mayor of Brookfield`, `Anna Kessler,Anna Kessler`},
		{`"The dam has held." – Omar Haddad, engineer`, `Omar Haddad`},
		{`"The dam has held."|Omar Haddad left the hall.`, ``},
		{`“The dam has held,|“We were lucky.”|— Anna Kessler`, `Anna Kessler,Anna Kessler`},
		{`“The dam has held.” — the mayor of Brookfield`, `the mayor`},
		{`Omar Haddad came on Monday.|From Anna Kessler:|“The dam has held.”`, `Anna Kessler`},
		{`And this from Omar Haddad:|“The dam has held.”|The rain stopped.`, `Omar Haddad`},
		{`Anna Kessler:|“The dam has held. We were lucky.”`, `Anna Kessler,Anna Kessler`},
		{`Kessler:|“The dam has held.”`, `Kessler`},
		{`Note:|“The dam has held.”`, ``},
		{`Kessler called it 'a joke', Dorn 'a start' and Mia Sund 'a beginning'.`, `Kessler,Dorn,Mia Sund`},
		{`Omar Haddad called the offer ‘a joke’, while Dorn called it ‘a start’.`, `Omar Haddad,Dorn`},
		{`Omar Haddad said the offer was "a joke" and Anna Kessler "a start".`, `Omar Haddad,Anna Kessler`},
		{`Anna Kessler praised her team. She replied 'The dam has held.'`, `Anna Kessler,Anna Kessler`},
		{`Anna Kessler came on Monday. 'The dam has held,' she said.`, `Anna Kessler`},
		{`Anna Kessler came on Monday. ‘The workers’ boats have sunk,’ she said.`, `Anna Kessler`},
		{`'Tis the season, Anna Kessler said.`, `Anna Kessler`},
		{`‘It’s not over,’ Anna Kessler said. ‘We don’t know.’`, `Anna Kessler,Anna Kessler`},
		{`"The dam has held," Anna Kessler sighed.`, `Anna Kessler`},
		{`"The dam has held," thundered Omar Haddad.`, `Omar Haddad`},
		{`In "The Old Dam," Anna Kessler sings of rain.`, ``},
		{`"The dam has held," Anna Kessler said. The board met on Monday.`, `Anna Kessler`},
		{`Hill said the dam had held.`, `Hill`},
		{`Stone called the plan a folly.`, `Stone`},
		{`Rain said nothing.`, `Rain`},
		{`Research said the dam had held.`, ``},
		{`Vale: The crane is old. We know that.|Stone: I know.|Omar Haddad: It must go.`, `Omar Haddad`},
		{`MIA SUND: The crane is old. We know that.|OMAR HADDAD: It must go.`, `Mia Sund,Mia Sund,Omar Haddad`},
		{`INTERVIEWER: When did you start?|Mia Sund: In 1990. It was raining.|INTERVIEWER: And then?|Mia Sund: We sold the boat.`, `the interviewer,Mia Sund,Mia Sund,the interviewer,Mia Sund`},
		{`Q: When did you start?|A: In 1990. It was raining.`, ``},
		{`Q: When did you start?|Kessler: In 1990.|Q: And then?|Kessler: We sold the boat.`, `Kessler,Kessler`},
		{`Note: The dam is closed on Monday.|Warning: Do not swim here.|Note: The dam is old.`, ``},
		{`Title: The Old Dam.|Author: Anna Kessler.|Date: 3 May 2020.`, ``},
		{`Speaker 1: The crane is old.|Speaker 2: It must go.`, `Speaker 1,Speaker 2`},
		{`(00:15) Moderator: Welcome.|(00:21) Kessler: Thank you all.`, `the moderator,Kessler`},
		{`00:15 Anna Kessler: Welcome to the show.|00:21 Omar Haddad: Thank you.`, `Anna Kessler,Omar Haddad`},
		{`Anna Kessler 00:15|Welcome to the show.|Omar Haddad 00:21|Thank you.`, `Anna Kessler,Omar Haddad`},
		{`Anna Kessler (via video): Welcome to the show.|Omar Haddad: Thank you.`, `Anna Kessler,Omar Haddad`},
		{`Boat: Heron|Crew: 7|Skipper: Dorn`, ``},
		{`LONDON: The board met on Monday.`, ``},
		{`Opening hours: We are open from 9 to 5.|Price: It costs 5 euros.`, ``},
		{`VALE:|The crane is old.|DORN:|It must go.|VALE:|Why?`, `Vale,Dorn,Vale`},
		{`The mayor spoke to us. Thomas Vale has led the town since 2019.|Vale: The crane is old. It must go.|What next?|Vale: We wait.`, `the mayor,Thomas Vale,Thomas Vale,Thomas Vale`},
		{`MAYOR KESSLER: Good evening.|MAYOR KESSLER: Noted.|[applause]|MS SUND: The crews are afraid.`, `Kessler,Kessler,Sund`},
		{`[00:01:05] HOST: Will the bridge be mended this year?|[00:01:12] HILL: Not this year. We have no money.|DORN: I disagree with the mayor. The bridge is dangerous.|Mia Sund: The crews are afraid.|Q: Who decides?|A: The board decides, not the mayor.`,
			`the host,Hill,Hill,Dorn,Dorn,Mia Sund`},
		{`“I have known her for years, and she will do well.” -Commissioner Omar Haddad|And from Chairwoman Rosenvorst:|“Anna has a wealth of experience, and a long record of service.”|Hill called the offer “a joke”, Dorn “a start”.`,
			`Omar Haddad,Rosenvorst,Hill,Dorn`},
	} {
		var who []string
		for _, s := range said(strings.ReplaceAll(c.text, "|", "\n")) {
			name, _, _ := strings.Cut(s, ":")
			who = append(who, name)
		}
		if got := strings.Join(who, ","); got != c.speakers {
			t.Errorf("%s\n got %q\nwant %q", c.text, got, c.speakers)
		}
	}
}
