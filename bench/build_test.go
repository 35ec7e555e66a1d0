package bench

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"
)

// BenchmarkBuild builds an index of nothing: passages a CPU second, peak memory,
// how busy the processors are, and what it takes on disk.
func BenchmarkBuild(b *testing.B) {
	each(b, func(b *testing.B, n int) { build(b, n, 0) })
}

// BenchmarkLarge builds one article of 5 MB, and BenchmarkTiny ten times as many articles
// of one passage as the others have articles: 100,000 of them with FOOTNOTE_BENCH=10000.
func BenchmarkLarge(b *testing.B) {
	b.Run("5MB", func(b *testing.B) { build(b, 1, 27_000) })
}

func BenchmarkTiny(b *testing.B) {
	each(b, func(b *testing.B, n int) { build(b, 10*n, 1) })
}

func build(b *testing.B, n, passages int) {
	dir, made := written(b, n, passages)
	bot(b) // what it takes to make the program is none of it
	l := library{corpus: dir, made: made}
	var runs []*process
	count, written := 0.0, int64(0)
	for b.Loop() {
		b.StopTimer()
		data := filepath.Join(b.TempDir(), "data")
		b.StartTimer()
		p := run(b, "", append(arguments(dir, data, model()), "-rebuild")...)
		b.StopTimer()
		runs, count, written = append(runs, p), l.passages(p), size(b, data)
		if err := os.RemoveAll(data); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
	}
	var wall, cpu time.Duration
	for _, p := range runs {
		wall, cpu = wall+p.wall, cpu+p.cpu
	}
	report(b, runs)
	b.ReportMetric(count, "passages")
	b.ReportMetric(count*float64(len(runs))/cpu.Seconds(), "passages/cpu-s")
	b.ReportMetric(100*cpu.Seconds()/wall.Seconds()/float64(min(runtime.GOMAXPROCS(0), runtime.NumCPU())), "%busy")
	b.ReportMetric(float64(written)/count, "disk-MB/M-passages")
}

// BenchmarkVectors tells what vectors take: it builds 30 articles with the model that is
// in the program and without.
func BenchmarkVectors(b *testing.B) {
	const articles = 30
	dir, made := written(b, articles, 0)
	l := library{corpus: dir, made: made}
	for b.Loop() {
		with, without := filepath.Join(b.TempDir(), "with"), filepath.Join(b.TempDir(), "without")
		p := run(b, "", append(arguments(dir, without, "none"), "-rebuild")...)
		q := run(b, "", append(arguments(dir, with, "built-in"), "-rebuild")...)
		count := l.passages(p)
		b.ReportMetric(0, "ns/op")
		b.ReportMetric(count/(q.cpu-p.cpu).Seconds(), "passages/cpu-s")
		b.ReportMetric(float64(size(b, with)-size(b, without))/count, "disk-MB/M-passages")
	}
}

// BenchmarkInterrupt ends a build when half of it is done, as Ctrl-C does: how long the
// program takes to be gone.
func BenchmarkInterrupt(b *testing.B) {
	each(b, func(b *testing.B, n int) {
		l := built(b, n)
		file, _ := bot(b)
		whole := l.build
		if whole == nil {
			whole = run(b, "", append(arguments(l.corpus, filepath.Join(b.TempDir(), "whole"), model()), "-rebuild")...)
		}
		longest, times := time.Duration(0), 0
		for b.Loop() {
			cmd := exec.Command(file, append(arguments(l.corpus, filepath.Join(b.TempDir(), "data"), model()), "-rebuild")...)
			if err := cmd.Start(); err != nil {
				b.Fatal(err)
			}
			// At one tenth, three, five, … of the build.
			time.Sleep(whole.wall * time.Duration(1+2*(times%5)) / 10)
			times++
			begin := time.Now()
			_ = cmd.Process.Signal(syscall.SIGTERM)
			err := cmd.Wait()
			if err != nil && !strings.Contains(err.Error(), "exit status") {
				b.Fatal(err)
			}
			longest = max(longest, time.Since(begin))
		}
		b.ReportMetric(0, "ns/op")
		b.ReportMetric(longest.Seconds(), "s")
	})
}
