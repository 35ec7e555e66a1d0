package answer

import (
	"strings"
	"unicode/utf8"

	"footnote/answer/words"
	"footnote/corpus"
)

// questionWords tells what the question words of a language ask for. English
// has rules of its own (question.go), since it has a thesaurus and names too.
var questionWords = map[string]map[string]asked{
	"de": askedBy(map[asked]string{
		aPerson: "wer wen wem wessen", aPlace: "wo wohin woher", aTime: "wann", aReason: "warum weshalb wieso weswegen", aManner: "wie",
		aNumber: "wieviel wieviele"}),
	"fr": askedBy(map[asked]string{
		aPerson: "qui", aPlace: "où", aTime: "quand", aReason: "pourquoi", aManner: "comment", aNumber: "combien"}),
	"es": askedBy(map[asked]string{
		aPerson: "quién quiénes quien quienes", aPlace: "dónde adónde donde", aTime: "cuándo cuando", aReason: "porqué", aManner: "cómo como",
		aNumber: "cuánto cuánta cuántos cuántas cuanto cuanta cuantos cuantas"}),
	"ru": askedBy(map[asked]string{
		aPerson: "кто кого кому кем чей чья чьё чьи", aPlace: "где куда откуда", aTime: "когда", aReason: "почему зачем отчего", aManner: "как",
		aNumber: "сколько"}),
	"ar": askedBy(map[asked]string{
		aPerson: "من", aPlace: "أين", aTime: "متى", aReason: "لماذا لم", aManner: "كيف", aNumber: "كم"}),
	"it": askedBy(map[asked]string{
		aPerson: "chi", aPlace: "dove", aTime: "quando", aReason: "perché", aManner: "come", aNumber: "quanto quanta quanti quante"}),
	"pt": askedBy(map[asked]string{
		aPerson: "quem", aPlace: "onde aonde", aTime: "quando", aManner: "como", aNumber: "quanto quanta quantos quantas"}),
	"nl": askedBy(map[asked]string{
		aPerson: "wie", aPlace: "waar waarheen", aTime: "wanneer", aReason: "waarom", aManner: "hoe", aNumber: "hoeveel"}),
	"ro": askedBy(map[asked]string{
		aPerson: "cine cui", aPlace: "unde", aTime: "când", aManner: "cum", aNumber: "cât câtă câți câte"}),
	"tr": askedBy(map[asked]string{
		aPerson: "kim kimi kime kimin", aPlace: "nerede nereye nereden", aManner: "nasıl", aReason: "neden niçin niye", aNumber: "kaç"}),
}

// numberAfter are words that make "how" ask for a number: wie viele, quanto.
var numberAfter = map[string]map[string]asked{
	"de": askedBy(map[asked]string{aNumber: "viel viele vielen hoch groß", anAge: "alt", aDuration: "lange"}),
	"nl": askedBy(map[asked]string{aNumber: "veel groot hoog", anAge: "oud", aDuration: "lang"}),
}

func askedBy(lists map[asked]string) map[string]asked {
	m := map[string]asked{}
	for kind, list := range lists {
		for _, w := range strings.Fields(list) {
			m[w] = kind
		}
	}
	return m
}

// wordsThatAsk are further words that only ask; what for, the noun behind
// them tells.
var wordsThatAsk = map[string]map[string]bool{
	"de": words.Set("was welche welcher welches welchen welchem"),
	"fr": words.Set("que quoi quel quelle quels quelles lequel laquelle lesquels lesquelles"),
	"es": words.Set("qué que cuál cuáles cual cuales"),
	"ru": words.Set("что чего чему чем какой какая какое какие какого каком какую каких каким"),
	"ar": words.Set("ما ماذا أي أية هل"),
	"it": words.Set("che cosa quale quali qual"),
	"pt": words.Set("que qual quais"),
	"nl": words.Set("wat welke welk"),
	"ro": words.Set("ce care"),
	"tr": words.Set("ne hangi hangisi mi mı mu mü"),
}

// foreignKind is kind for a question in another language than English. Words
// that only ask are not looked for afterwards.
func (p *parsed) foreignKind(toks []qtoken, language string) {
	found := false
	for i := range toks {
		lower := strings.ToLower(toks[i].raw)
		if lower != toks[i].raw && i > 0 {
			continue // a name: Kim is no question word in Turkish
		}
		kind, ok := questionWords[language][lower]
		if !ok {
			toks[i].stop = toks[i].stop || wordsThatAsk[language][lower]
			continue
		}
		toks[i].stop = true
		if i+1 < len(toks) && kind == aManner {
			if more, ok := numberAfter[language][strings.ToLower(toks[i+1].raw)]; ok {
				kind, toks[i+1].stop = more, true
			}
		}
		if !found {
			p.Asked, found = kind, true
		}
	}
}

// leastForLanguage is how many letters a question needs for its language to
// be told with some certainty.
const leastForLanguage = 20

// foreign returns the language of a question that is none of the library's;
// "" where it is one, or where it cannot be told.
func (l *Library) foreign(question string) string {
	if utf8.RuneCountInString(question) < leastForLanguage {
		return ""
	}
	language := corpus.DetectLanguage(question)
	for _, own := range l.languages {
		if language == own {
			return ""
		}
	}
	return language
}
