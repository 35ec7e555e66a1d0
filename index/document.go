package index

// Document is one passage to be indexed, analysed already.
type Document struct {
	Language string   // two-letter code, the same for all passages of an article
	Terms    []string // of its text as [Analyze] gives them, without stop words; repetitions count
	About    []string // terms of what it stands under: headings, and the question that it answers
	Marks    []Mark   // what it is looked up by and never ranked by
}

// Mark is an exact term of a field of its own, such as the number of a clause.
// What holds for an article as a whole is put on its first passage.
type Mark struct{ Field, Term string }

// textField returns the field that holds the text of passages in a language.
// Languages have fields of their own, so that a word common in one and rare
// in another is weighed for each.
func textField(language string) string { return "text_" + language }

// aboutField holds what passages in a language are about without saying so. A
// heading stands over many passages: in the field of their text its words would
// seem common.
func aboutField(language string) string { return "about_" + language }
