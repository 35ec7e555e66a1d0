// Talks to the server: one stream of events, and one request per action.

// listen calls handlers[kind](data) for each event that the user sees. The
// browser connects anew by itself, and the stream then begins with everything.
export function listen(user, handlers) {
  const source = new EventSource("/events?user=" + encodeURIComponent(user));
  for (const [kind, handle] of Object.entries(handlers)) {
    source.addEventListener(kind, (event) => handle(JSON.parse(event.data)));
  }
  return source;
}

export const stopped = "The bot does not answer: look at the terminal in which it runs.";

// act does something as the user and returns what comes of it besides what
// the stream tells: {error}, {form} or {choices}.
export async function act(what, action) {
  try {
    const response = await fetch("/do/" + what, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(action),
    });
    if (!response.ok) return { error: await response.text() };
    return await response.json();
  } catch {
    return { error: stopped };
  }
}
