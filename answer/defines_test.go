package answer

import "testing"

// What spares matching must never say no where the expression would find what sets a
// term apart.
func TestSetsApart(t *testing.T) {
	for _, text := range []string{"Tenant: who rents", "Tenant : who rents", "Tenant：\twho rents", "Tenant – who rents", "Tenant -- who rents", "Tenant\nwho rents", "a\twho rents",
		"Tenant —\nwho rents", "“Tenant” (T): who", "A well-known tenant, who pays at 22:30 each day", "Tenant\u00a0– who rents", "Tenant:who", "12 (a) Heddle – a loop"} {
		m := defining.FindStringSubmatchIndex(text)
		if m != nil && m[6] >= 0 && !setsApart(text) {
			t.Errorf("%q sets a term apart", text)
		}
	}
	if setsApart("A well-known tenant, who pays at 22:30 each day.") {
		t.Error("a hyphen and a time of day set nothing apart")
	}
	lib := madeUp(t, 3, 40, 6)
	found := 0
	for _, a := range lib {
		for i := range a.Passages {
			for _, s := range a.Passages[i].Sentences {
				text := a.Quote(s.Span)
				if m := defining.FindStringSubmatchIndex(text); m != nil && m[6] >= 0 {
					if found++; !setsApart(text) {
						t.Errorf("%q sets a term apart", text)
					}
				}
			}
		}
	}
	if found == 0 {
		t.Error("no sentence of the made-up articles sets a term apart")
	}
}
