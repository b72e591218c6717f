using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using MucGen.Protocol;
using MucGen.Rooms;
using MucGen.Rooms.Features;
using MucGen.Server.Sessions;
using MucGen.Server.Storage;
using MucGen.Xml;

namespace MucGen.Server.Rooms;

/// <summary>
/// Tells sessions in which of their rooms something was said since they were there (XEP-0437): what they missed in one message when they ask, then once for
/// each room until they visit it. Thread-safe.
/// </summary>
/// <remarks>
/// A message costs a room one look-up here. Whoever waits for a room is told with its next message and waits no more, until the session enters and leaves it.
/// </remarks>
internal sealed class RoomActivityWatch(Jid service, IRoomJournal journal, SessionTable sessions, Lazy<IRoomHost> rooms, ILogger<RoomHost> log)
{
    private readonly ConcurrentDictionary<Jid, ActivitySubscription> subscriptions = new();
    private readonly ConcurrentDictionary<Jid, Jid[]> waiting = new();

    /// <summary>Begins to tell a session, anew if it was told before. Returns at once: the rooms are asked one after the other.</summary>
    public void Subscribe(Jid fullJid)
    {
        if (sessions.TryFind(fullJid, out var session))
            _ = SubscribeAsync(session);
    }

    /// <summary>Tells a session nothing any more.</summary>
    public void Unsubscribe(Jid fullJid)
    {
        if (!subscriptions.TryRemove(fullJid, out var subscription))
            return;
        foreach (var room in subscription.End())
            StopWaiting(room, fullJid);
    }

    /// <summary>A room answers what a session has missed there.</summary>
    public void Answer(Room room, Jid fullJid)
    {
        var unheard = UnheardActivity.For(room, fullJid);
        if (unheard == Unheard.Nothing)
            Wait(room.Address, fullJid);
        if (subscriptions.TryGetValue(fullJid, out var subscription) && subscription.Answer(room.Address, unheard))
            Tell(subscription.Session, subscription.Missed);
    }

    /// <summary>A room cannot answer.</summary>
    public void AnswerNothing(Jid room, Jid fullJid)
    {
        if (subscriptions.TryGetValue(fullJid, out var subscription) && subscription.Answer(room, Unheard.NotTold))
            Tell(subscription.Session, subscription.Missed);
    }

    /// <summary>Something was said in a room: whoever waits for that is told.</summary>
    public void Spoke(Room room)
    {
        if (!waiting.ContainsKey(room.Address) || !waiting.TryRemove(room.Address, out var those)) // looking takes no lock
            return;
        foreach (var fullJid in those)
        {
            if (subscriptions.TryGetValue(fullJid, out var subscription) && UnheardActivity.For(room, fullJid) != Unheard.NotTold)
                Tell(subscription.Session, [room.Address]);
        }
    }

    /// <summary>A session has left a room: it waits for what is said from now on.</summary>
    public void Left(Room room, Jid fullJid)
    {
        if (subscriptions.ContainsKey(fullJid) && UnheardActivity.For(room, fullJid) != Unheard.NotTold)
            Wait(room.Address, fullJid);
    }

    /// <summary>A person has another affiliation: whoever belongs to a room from now on waits for what is said there.</summary>
    public void Affiliated(Room room, Jid bareJid)
    {
        foreach (var session in sessions.Of(bareJid))
            Left(room, session.FullJid);
    }

    /// <summary>A room was destroyed: nobody waits for it.</summary>
    public void Ended(Jid room) => waiting.TryRemove(room, out _);

    private async Task SubscribeAsync(Session session)
    {
        try
        {
            await Task.Yield(); // the service does not wait for the disk
            var own = await journal.RoomsOfAsync(session.Account, CancellationToken.None);
            Unsubscribe(session.FullJid);
            subscriptions[session.FullJid] = new ActivitySubscription(session, own.Count);
            foreach (var room in own)
                await rooms.Value.PostAsync(room, RoomInput.ActivityAsked(session.FullJid), CancellationToken.None);
            await session.Gone;
            if (subscriptions.TryGetValue(session.FullJid, out var last) && last.Session == session)
                Unsubscribe(session.FullJid);
        }
        catch (Exception error)
        {
            log.ActivityFailed(error, session.FullJid);
        }
    }

    private void Wait(Jid room, Jid fullJid)
    {
        if (!subscriptions.TryGetValue(fullJid, out var subscription) || !subscription.TryWait(room))
            return;
        waiting.AddOrUpdate(
            room,
            static (_, added) => [added],
            static (_, present, added) => Array.IndexOf(present, added) >= 0 ? present : [.. present, added],
            fullJid);
        // The session may have ended in between, after it was looked for in this room.
        if (!subscriptions.ContainsKey(fullJid))
            StopWaiting(room, fullJid);
    }

    private void StopWaiting(Jid room, Jid fullJid)
    {
        while (waiting.TryGetValue(room, out var present))
        {
            var left = Array.FindAll(present, other => !other.Equals(fullJid));
            var changed = left.Length == 0 ? waiting.TryRemove(KeyValuePair.Create(room, present)) : waiting.TryUpdate(room, left, present);
            if (changed)
                return;
        }
    }

    private void Tell(Session session, IReadOnlyList<Jid> active)
    {
        if (active.Count == 0)
            return;
        using var output = new PooledBufferWriter();
        var writer = new XmppWriter(output);
        writer.Raw("<message"u8);
        writer.Attribute("from"u8, service);
        writer.Attribute("to"u8, session.FullJid);
        writer.Raw(">"u8);
        var rai = RoomActivityWriter.Start(ref writer);
        foreach (var room in active)
            rai.Activity(room);
        rai.End();
        writer.Raw("</message>"u8);
        writer.Flush();
        session.Send(output.WrittenSpan);
    }
}
