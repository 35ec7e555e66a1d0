// Command cmd writes a library that was made up, of any size.
//
//	go run ./internal/madeup/cmd -articles 10000 -seed 1 DIR
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"time"

	"footnote/internal/madeup"
)

func main() {
	articles := flag.Int("articles", 1000, "how many `articles`")
	seed := flag.Uint64("seed", 1, "libraries of one seed begin alike, whatever their size")
	passages := flag.Int("passages", 0, "passages of each article; 0: 20 to 50")
	texts := flag.String("texts", "training/questions", "the `folder` of texts that they are made of")
	flag.Usage = func() {
		fmt.Fprintln(os.Stderr, "usage: go run ./internal/madeup/cmd [flags] DIR")
		flag.PrintDefaults()
	}
	flag.Parse()
	if flag.NArg() != 1 {
		flag.Usage()
		os.Exit(2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := write(ctx, *texts, flag.Arg(0), *articles, madeup.Options{Seed: *seed, Passages: *passages}); err != nil {
		fmt.Fprintln(os.Stderr, "madeup:", err)
		os.Exit(1)
	}
}

func write(ctx context.Context, texts, dir string, n int, o madeup.Options) error {
	begin := time.Now()
	t, err := madeup.Read(os.DirFS(texts))
	if err != nil {
		return err
	}
	made, err := t.Write(ctx, dir, n, o)
	fmt.Printf("%d articles, %d passages, %.1f MB in %.1f s\n", made.Articles, made.Passages, float64(made.Bytes)/1e6, time.Since(begin).Seconds())
	return err
}
