package sandbox

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/bwmarrin/discordgo"
)

// writing is the permission that writing in a channel takes.
func (c *Channel) writing() int64 {
	if c.Parent != "" {
		return discordgo.PermissionSendMessagesInThreads
	}
	return discordgo.PermissionSendMessages
}

// StartThread opens a thread in a channel, or a post in a forum, where the text
// is the first message and has the id of the post; elsewhere it may be empty. It
// returns the caller in the thread and the id of the message.
func (s *Server) StartThread(ctx context.Context, by Caller, name, text string) (in Caller, message string, err error) {
	if err := ctx.Err(); err != nil {
		return Caller{}, "", err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	c, may, err := s.place(by)
	if err != nil {
		return Caller{}, "", err
	}
	need := int64(discordgo.PermissionCreatePublicThreads)
	if c.Forum {
		need = discordgo.PermissionSendMessages
	}
	text = strings.TrimSpace(text)
	switch {
	case c.Guild == "" || c.Parent != "":
		return Caller{}, "", fmt.Errorf("sandbox: there are no threads in #%s", c.Name)
	case may&need == 0:
		return Caller{}, "", fmt.Errorf("sandbox: nobody lets this user start threads in #%s", c.Name)
	case name == "" || utf8.RuneCountInString(name) > 100 || c.Forum && text == "" || utf8.RuneCountInString(text) > maxContent:
		return Caller{}, "", errors.New("sandbox: a thread has a name of 1 to 100 characters, and a post a message of 1 to 2000")
	}
	m := s.newMessage("", by.User)
	thread := &Channel{ID: m.ID, Name: name, Guild: c.Guild, User: by.User, Parent: c.ID}
	g := s.world.Guild(c.Guild)
	g.Threads = append(g.Threads, thread)
	o := s.wireChannel(thread)
	o["newly_created"] = true
	s.tellThread("THREAD_CREATE", thread, o)
	if text == "" {
		return Caller{User: by.User, Channel: thread.ID}, "", nil
	}
	if !c.Forum {
		m = s.newMessage("", by.User)
	}
	m.Channel, m.Content = thread.ID, text
	s.ping(m, nil, false)
	s.add(m)
	return Caller{User: by.User, Channel: thread.ID}, m.ID, nil
}

// ArchiveThread archives a thread, as Discord does after a while; locked, only
// who may manage threads opens it again by writing there.
func (s *Server) ArchiveThread(id string, locked bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c := s.world.Channel(id); c != nil && c.Parent != "" {
		c.Archived, c.Locked = true, locked
		s.tellThread("THREAD_UPDATE", c, s.wireChannel(c))
	}
}

// DeleteThread deletes a thread with its messages.
func (s *Server) DeleteThread(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, g := range s.world.Guilds {
		n := slices.IndexFunc(g.Threads, func(c *Channel) bool { return c.ID == id })
		if n < 0 {
			continue
		}
		c := g.Threads[n]
		s.tellThread("THREAD_DELETE", c, object{"id": c.ID, "guild_id": c.Guild, "parent_id": c.Parent, "type": discordgo.ChannelTypeGuildPublicThread})
		g.Threads = slices.Delete(g.Threads, n, n+1)
		for _, m := range s.history[id] {
			s.messages[m].Deleted = true
		}
	}
}

// unarchive opens a thread for somebody who writes there, or says why not; in a
// forum itself nobody writes. s.mu is held.
func (s *Server) unarchive(c *Channel, user string) *apiError {
	switch {
	case c.Forum:
		return &apiError{status: 400, code: 50008, message: "Cannot send messages in a non-text channel"}
	case c.Locked && s.world.permissions(user, c)&discordgo.PermissionManageThreads == 0:
		return &apiError{status: 400, code: 160005, message: "Thread is locked", excused: true}
	case c.Archived:
		c.Archived = false
		s.tellThread("THREAD_UPDATE", c, s.wireChannel(c))
	}
	return nil
}

// tellThread dispatches an event of a thread where the bot sees it; s.mu is held.
func (s *Server) tellThread(t string, c *Channel, o object) {
	if s.world.permissions(s.world.Bot.ID, c)&discordgo.PermissionViewChannel != 0 {
		s.dispatch(t, s.guildRoute(c.Guild, discordgo.IntentGuilds), o)
	}
}
