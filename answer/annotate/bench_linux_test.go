package annotate_test

import (
	"fmt"
	"os"
	"syscall"
	"testing"
	"testing/fstest"

	"footnote/answer/annotate"
	"footnote/answer/words"
	"footnote/corpus"
	"footnote/internal/madeup"
)

// BenchmarkPrepareMany prepares the articles of a made-up library, one after the other.
func BenchmarkPrepareMany(b *testing.B) {
	texts, err := madeup.Read(os.DirFS("../../training/questions"))
	if err != nil {
		b.Fatal(err)
	}
	files := fstest.MapFS{}
	for i := range 50 {
		files[fmt.Sprintf("%d.md", i)] = &fstest.MapFile{Data: texts.Article(madeup.Options{Seed: 1}, i).Text}
	}
	lib, err := corpus.LoadFS(files)
	if err != nil {
		b.Fatal(err)
	}
	w := words.Load()
	passages, i := 0, 0
	b.ReportAllocs()
	annotate.Prepare(lib.Articles[0], w)
	begin := processorTime(b)
	for b.Loop() {
		a := lib.Articles[i%len(lib.Articles)]
		annotate.Prepare(a, w)
		passages += len(a.Passages)
		i++
	}
	spent := processorTime(b) - begin
	b.ReportMetric(spent/float64(i), "cpu-ns/op") // of what else runs on the machine less than ns/op
	b.ReportMetric(float64(passages)/spent*1e9, "passages/cpu-s")
}

// processorTime returns the nanoseconds that the process has worked.
func processorTime(b *testing.B) float64 {
	b.Helper()
	var r syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &r); err != nil {
		b.Fatal(err)
	}
	return float64(r.Utime.Nano() + r.Stime.Nano())
}
