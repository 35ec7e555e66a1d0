package corpus

import (
	"strings"
	"testing"
)

// sentenceTests have a bar where a sentence ends, instead of the space there,
// and a caret where it ends without one.
var sentenceTests = []struct {
	language, text string
}{
	{"en", "It sails.|It does not.|Does it?|Yes!"},
	{"en", "It came late on Wednesday. hours after the storm."},
	{"en", "MR. ROE: No further questions.|THE COURT: Good."},
	{"en", "Mr. Roe met Gen. A. B. Poe and Dr. Bell of St. Anne's.|He left."},
	{"en", "The U.S. Navy and the U.N. Security Council agreed.|They met in the U.S.|The talks ended."},
	{"en", "It left at 5 p.m. Tuesday.|It came at 6 p.m.|The quay was empty."},
	{"en", "No. 5 sank on Jan. 3.|It weighed 3.5 t, i.e. Little."},
	{"en", "Smith & Co. Ltd. sold it.|It cost $1.5m."},
	{"en", "“Will it sail?” she asked.|“It will!” Una Bell said."},
	{"en", "“It sails!” Bell laughed.|“Does it?” Una Bell sighed.|“Now!”|Bell nodded."},
	{"en", "“We sail.|We always sail,” he said."},
	{"en", "He said: \"We sail.\"|\"Now?\" asked Roe."},
	{"en", "The crew (see below.) slept.|(Nobody woke.)|Then it rained."},
	{"en", "We wait [...] We hope.|All of us..."},
	{"en", "It sank…|The crew swam."},
	{"en", "The board stopped the ferry at noon.^The quay was empty."},
	{"en", "Roe (b. 1950) wrote it, cf. Bell et al. 2004."},
	{"en", "Then it rained.[3]|Then it stopped."},
	{"en", "It rained!!!|Why?!|Nobody knew . . ."},
	{"en", "It rained.|[The crew] slept.|[All of it]"},
	{"en", "Yahoo! bought it.|What now?"},
	{"en", "He built J. P. Roe Jr. Park.|Plan B.|It failed."},
	{"de", "Am 3. Oktober kam Dr. Muster, z. B. mit Nr. 5.|Das war 1945.|Danach nicht."},
	{"de", "„Warum nicht?“ fragte er.|„Darum.“|Er ging."},
	{"de", "Im 2. Jh. v. Chr. lebten hier bzw. dort Leute.|Sie gingen."},
	{"fr", "Il a dit : « Venez. »|Elle est venue."},
	{"fr", "M. Roe et Mme Bell sont partis à 5 h.|Il pleuvait."},
	{"es", "El Sr. Roe dijo que no.|El barco salió."},
	{"es", "¿Cuándo sale?|¡Nunca!|La Sra. Bell esperó."},
	{"ru", "В 1999 г. в порту был А. С. Иванов.|Он ушёл в 2001 г.|Потом был шторм."},
	{"tr", "II. Dünya Savaşı bitti.|Bu iyi oldu."},
	{"el", "Γιατί;|Κανείς δεν ξέρει."},
	{"ar", "لماذا لم تبحر؟|قال القبطان إن الطقس سيئ."},
	{"ur", "وہ گیا۔|وہ آیا۔"},
	{"hi", "नाव नहीं चली।|मौसम खराब है।"},
	{"zh", "渡轮没有开。|船长说：“天气不好。”|真的！"},
	{"ja", "船は出ない。|「なぜ？」|天気が悪い。"},
	{"th", "เรือไม่ออก วันนี้ฝนตก"},
}

func TestSentences(t *testing.T) {
	for _, tt := range sentenceTests {
		var want []string
		for s := range strings.SplitSeq(strings.ReplaceAll(tt.text, "^", "|"), "|") {
			want = append(want, strings.TrimSpace(s))
		}
		spaced := strings.NewReplacer("|", " ", "^", "").Replace(tt.text)
		for _, text := range []string{spaced, strings.ReplaceAll(spaced, " ", "\n")} {
			var got []string
			for _, s := range sentences(text, tt.language) {
				got = append(got, strings.ReplaceAll(s.Of(text), "\n", " "))
			}
			if strings.Join(got, "|") != strings.Join(want, "|") {
				t.Errorf("%s: got\n%s\nwant\n%s", tt.language, strings.Join(got, "|"), strings.Join(want, "|"))
			}
		}
	}
}

// TestSentencesKeepAnswersWhole counts the gold answers that no sentence holds
// whole. The bounds are what was measured; most that are left in Thai, which
// writes no full stops, and in SQuAD are answers of two sentences.
func TestSentencesKeepAnswersWhole(t *testing.T) {
	tests := []struct {
		set, language string
		bound         int
	}{
		{"squad2-dev", "en", 5},
		{"xquad-dev-en", "en", 0},
		{"xquad-dev-de", "de", 2},
		{"xquad-dev-es", "es", 0},
		{"xquad-dev-ro", "ro", 0},
		{"xquad-dev-ru", "ru", 0},
		{"xquad-dev-tr", "tr", 0},
		{"xquad-dev-vi", "vi", 0},
		{"xquad-dev-el", "el", 0},
		{"xquad-dev-ar", "ar", 0},
		{"xquad-dev-hi", "hi", 0},
		{"xquad-dev-th", "th", 9},
		{"xquad-dev-zh", "zh", 0},
	}
	for _, tt := range tests {
		t.Run(tt.set, func(t *testing.T) {
			answers, crossing, count := 0, 0, 0
			for _, p := range paragraphs(t, tt.set) {
				spans := sentences(p.Context, tt.language)
				count += len(spans)
				for _, qa := range p.QAs {
					if len(qa.Answers) == 0 {
						continue
					}
					answers++
					start := byteOffset(p.Context, qa.Answers[0].Start)
					gold := Span{start, start + len(qa.Answers[0].Text)}
					whole := false
					for _, s := range spans {
						whole = whole || s.Contains(gold)
					}
					if !whole {
						crossing++
						t.Logf("crosses: %q", qa.Answers[0].Text)
					}
				}
			}
			if crossing > tt.bound {
				t.Errorf("%d of %d answers cross a border, want at most %d", crossing, answers, tt.bound)
			}
			// One sentence a passage would keep every answer whole.
			if passages := 120; count < 4*passages {
				t.Errorf("got %d sentences, want at least 4 a passage", count)
			}
		})
	}
}
