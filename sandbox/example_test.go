package sandbox_test

import (
	"context"
	"fmt"
	"log"
	"time"

	"github.com/bwmarrin/discordgo"

	"footnote/sandbox"
)

// A whole test of a bot: connect it as in production, act as a person, look at
// what became visible, and fail on whatever Discord would not have liked.
func Example() {
	s, err := sandbox.New(sandbox.Options{})
	if err != nil {
		log.Fatal(err)
	}
	defer s.Close()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()

	bot, err := discordgo.New("Bot " + s.Token())
	if err != nil {
		log.Fatal(err)
	}
	bot.Client = s.Client()
	bot.ShouldReconnectOnError = false
	bot.AddHandler(func(d *discordgo.Session, i *discordgo.InteractionCreate) {
		err := d.InteractionRespond(i.Interaction, &discordgo.InteractionResponse{
			Type: discordgo.InteractionResponseChannelMessageWithSource,
			Data: &discordgo.InteractionResponseData{Content: "High water is at **noon**.", AllowedMentions: &discordgo.MessageAllowedMentions{}},
		})
		if err != nil {
			log.Print(err)
		}
	})
	if err := bot.Open(); err != nil {
		log.Fatal(err)
	}
	_, err = bot.ApplicationCommandBulkOverwrite("700000000000000001", "", []*discordgo.ApplicationCommand{{Name: "tide", Description: "When the water is high"}})
	if err != nil {
		log.Fatal(err)
	}

	i, err := s.Line(ctx, s.As("reader", "general"), "/tide")
	if err != nil {
		log.Fatal(err)
	}
	o, err := i.Outcome(ctx)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(sandbox.PlainText(o.Message.Content))
	fmt.Println(len(s.Violations()), "violations,", len(s.Pinged()), "pinged")
	// Output:
	// High water is at *noon*.
	// 0 violations, 0 pinged
}
