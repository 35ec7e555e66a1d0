package discord

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"footnote/answer/queue"
	"footnote/sandbox"
)

// Places and benches of the bot that is asked too much.
const places, benches, eachTakes = 2, 128, 40 * time.Millisecond

// TestLoadTooMuch asks 200 questions a second of a bot that can work out 50, for
// five seconds of pretended time, while 5 % of the requests fail. Every question ends in
// exactly one reply that is no silence: its answer, the same to each who asks, or
// that the bot is busy. Nobody waits longer than the queue is long.
func TestLoadTooMuch(t *testing.T) {
	for name, faulty := range map[string]bool{"all goes well": false, "requests fail": true} {
		t.Run(name, func(t *testing.T) {
			if testing.Short() && !faulty {
				t.Skip("skipped: the other one is the harder")
			}
			a := &asked{}
			bothFronts(t, setup{handlers: Handlers{Interaction: a.answer}}, func(t *testing.T, r *rig) { a.tooMuch(t, r, faulty) })
		})
	}
}

// asked is what stands behind a bot: it takes its time for a question.
type asked struct {
	room *queue.Room
	kept *queue.Kept[string, string]

	mu   sync.Mutex
	made map[string]int    // how often a question was worked out
	said map[string]string // what it was answered with
}

func (a *asked) answer(ctx context.Context, i *discordgo.Interaction) *discordgo.InteractionResponse {
	text := i.ApplicationCommandData().Options[0].StringValue()
	said, _, err := a.kept.Get(ctx, text, func() (string, error) {
		if err := a.room.Enter(ctx); err != nil {
			return "", err
		}
		defer a.room.Leave()
		time.Sleep(eachTakes)
		a.mu.Lock()
		defer a.mu.Unlock()
		a.made[text]++
		return fmt.Sprintf("%x, %d", sha256.Sum256([]byte(text)), a.made[text]), nil
	})
	switch {
	case errors.Is(err, queue.ErrBusy):
		return private(words.Busy)
	case err != nil:
		return nil
	}
	return says(said)
}

func (a *asked) tooMuch(t *testing.T, r *rig, faulty bool) {
	a.room, a.kept = queue.NewRoom(places, benches), queue.NewKept[string, string](1024) // in pretended time, as all that waits for them
	a.made, a.said = map[string]int{}, map[string]string{}
	if faulty {
		for _, f := range []sandbox.RESTFault{
			{Status: http.StatusInternalServerError}, {Status: http.StatusBadGateway}, {CutBefore: true}, {CutAfter: true},
			{Status: http.StatusTooManyRequests, RetryAfter: 300 * time.Millisecond}, {Delay: 1500 * time.Millisecond},
		} {
			f.Rate = 0.05 / 6
			r.FailREST(f)
		}
	}
	n := map[string]int{}
	longest := map[string]time.Duration{}
	var open sync.WaitGroup
	for k := range 1000 {
		text := fmt.Sprint(question, k)
		if k%2 == 0 { // as many ask one of forty
			text = fmt.Sprint(question, k%80)
		}
		i, err := r.Slash(t.Context(), r.reader, "ask", map[string]any{"question": text})
		if err != nil {
			t.Fatal(err)
		}
		open.Go(func() {
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			defer cancel()
			o, err := i.Outcome(ctx)
			a.mu.Lock()
			defer a.mu.Unlock()
			first, _ := i.Acknowledged()
			switch {
			case err != nil || o.Message == nil || len(i.Replies()) != 1 || first > 3*time.Second:
				t.Errorf("question %d ends in %v, %v, %d replies, the first response after %v", k, o.Message, err, len(i.Replies()), first)
			case o.Message.Content == words.Busy:
				n["refused"]++
				longest["refused"] = max(longest["refused"], o.Took)
			default:
				n["answered"]++
				longest["answered"] = max(longest["answered"], o.Took)
				if was := a.said[text]; was != "" && was != o.Message.Content {
					t.Errorf("a question is answered with %q and with %q", was, o.Message.Content)
				}
				a.said[text] = o.Message.Content
			}
		})
		time.Sleep(5 * time.Millisecond)
		if working, waiting := a.room.Load(); working > places || waiting > benches {
			t.Errorf("%d are worked on and %d wait", working, waiting)
		}
	}
	open.Wait()
	r.HealREST()
	t.Logf("%v, after at most %v", n, longest)
	limit := benches/places*eachTakes + 2*eachTakes
	if faulty {
		limit += 10 * time.Second // for what is sent again
	}
	if n["answered"] < 500 || n["refused"] < 100 || longest["answered"] > limit || longest["refused"] > longest["answered"] {
		t.Errorf("of too many questions %v, after at most %v; want at most %v", n, longest, limit)
	}
	for text, n := range a.made {
		if n > 1 {
			t.Errorf("%q was worked out %d times", text, n)
		}
	}
	if working, waiting := a.room.Load(); working+waiting > 0 {
		t.Errorf("at the end %d are worked on and %d wait", working, waiting)
	}
}
