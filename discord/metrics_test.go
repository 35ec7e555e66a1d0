package discord

import (
	"context"
	"errors"
	"flag"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"footnote/internal/testlog"
	"footnote/sandbox"
)

var update = flag.Bool("update", false, "write the golden files anew")

// Each kind of outcome once, in pretended time: so the figures are exact.
func TestMetrics(t *testing.T) {
	takes := time.Duration(0)
	bubble(t, setup{
		handlers: Handlers{
			Interaction: func(ctx context.Context, i *discordgo.Interaction) *discordgo.InteractionResponse {
				switch {
				case i.Type == discordgo.InteractionApplicationCommandAutocomplete:
					return noChoices
				case takes < 0:
					return nil
				}
				sleep(ctx, takes)
				return says("yes")
			},
			Message: func(_ context.Context, m *discordgo.Message, _ string) *discordgo.MessageSend {
				if m.Content == "hush" {
					return nil
				}
				return &discordgo.MessageSend{Content: "yes"}
			},
		},
	}, func(t *testing.T, r *rig) {
		for _, takes = range []time.Duration{0, 7 * time.Millisecond, 300 * time.Millisecond, 4 * time.Second, -1} {
			if _, _, err := r.ask(); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := r.Autocomplete(t.Context(), r.reader, "ask", "question", map[string]any{"question": "how"}); err != nil {
			t.Fatal(err)
		}
		r.FailREST(sandbox.RESTFault{Route: "/interactions/", Status: 503, Times: -1})
		if _, _, err := r.ask(); !errors.Is(err, sandbox.ErrNoResponse) {
			t.Fatal(err)
		}
		r.HealREST()
		for _, text := range []string{"hush", question, question} {
			testlog.Asked(text)
			if _, err := r.Post(t.Context(), r.reader, text, ""); err != nil {
				t.Fatal(err)
			}
		}
		time.Sleep(time.Minute)
		var got strings.Builder
		if err := r.bot.WriteMetrics(&got); err != nil {
			t.Fatal(err)
		}
		golden(t, "testdata/metrics.golden", got.String())
	})
}

// golden compares got with a file, or writes it with -update.
func golden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}
