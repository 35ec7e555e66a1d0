package index

import (
	"reflect"
	"strings"
	"testing"
)

// The terms of words that are kept are those that the filters make.
func TestForms(t *testing.T) {
	kept := pipelines["en"]()
	if kept.formed == nil {
		t.Fatal("no forms are kept")
	}
	plain := *kept
	plain.formed = nil
	for _, text := range []string{
		"", " ", "The ferries' captain wasn’t told: Müller’s naïve salamé costs 1,200.50 at 5 p.m., isn't it? NOT no nor never.",
		"Ｆｕｌｌ width, ﬁrst lig\u00adature, İstanbul, ΟΔΟΣ σ, 北京 and ไทย, e\u0301tude " + strings.Repeat("a", 100) + "ing " + strings.Repeat("relational ", 3),
		"bad \xff bytes\xc3 here", "U.S. and N.A.T.O. state-owned rock'n'roll's 's S's",
	} {
		for range 2 { // made, then kept
			var want []Token
			for _, x := range plain.run([]byte(text)) {
				if len(x.Term) > 0 && x.Start >= 0 && x.End <= len(text) && x.Start < x.End {
					want = append(want, Token{Term: string(x.Term), Start: x.Start, End: x.End, Stop: x.Type == stopWord})
				}
			}
			got := Analyze("en", text)
			if len(got)+len(want) > 0 && !reflect.DeepEqual(got, want) {
				t.Errorf("%q: %v, want %v", text, got, want)
			}
			a, b := kept.Analyze([]byte(text)), plain.Analyze([]byte(text))
			if len(a)+len(b) > 0 && !reflect.DeepEqual(a, b) {
				t.Errorf("%q: as bleve's analyzer %v, want %v", text, a, b)
			}
		}
	}
}
