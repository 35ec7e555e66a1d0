package annotate

// Statement is a sentence in which somebody is shown to speak. A sentence in
// which two speak has two.
type Statement struct {
	Sentence int
	Speaker  int  // in Entities
	Direct   bool // words of the speaker stand in quotation marks; else they are reported
}

// statements lists who speaks in which sentence.
func (d *discourse) statements() {
	for i := range d.p.Sentences {
		if s := &d.p.Sentences[i]; s.Speaker >= 0 {
			d.p.Statements = append(d.p.Statements, Statement{i, s.Speaker, s.Direct})
		}
	}
}
