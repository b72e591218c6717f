using System.Runtime.InteropServices;
using MucGen.Xml;

namespace MucGen.Rooms;

/// <summary>
/// How much was sent to the room lately: what slow mode and the rate limits count. It is no part of the journal, for a restart makes nobody's flood; and
/// it holds no more than those who sent something lately, since <see cref="Sweep"/> forgets the others.
/// </summary>
/// <remarks>A budget is one moment: that until which it is spent. Counting makes no object once a person is known.</remarks>
public sealed class RoomTraffic
{
    private static readonly TimeSpan LeastSweep = TimeSpan.FromMinutes(1);

    private readonly RateLimits limits;
    private readonly Dictionary<Jid, Counter> byPerson = [];
    private long messages;
    private long presences;

    internal RoomTraffic(RateLimits limits) => this.limits = limits;

    private struct Counter
    {
        public long Messages;
        public long Presences;
        public long LastBody;
    }

    /// <summary>How many persons are counted at this moment.</summary>
    public int Count => byPerson.Count;

    /// <summary>When those who sent nothing lately are forgotten; null when nobody is counted.</summary>
    public DateTimeOffset? NextSweep { get; private set; }

    /// <summary>When the next change of availability may be told.</summary>
    internal DateTimeOffset NextPresence => new(Math.Max(0, presences - limits.Window.Ticks + Each(limits.PresencesPerRoom)), TimeSpan.Zero);

    /// <summary>How long this person must wait for their next message in slow mode; zero or less when they need not.</summary>
    internal TimeSpan SlowFor(Jid person, TimeSpan duration, DateTimeOffset now) =>
        byPerson.TryGetValue(person, out var counter) && counter.LastBody > 0
            ? TimeSpan.FromTicks(counter.LastBody - now.UtcTicks) + duration
            : TimeSpan.Zero;

    /// <summary>Notes a message that slow mode let through.</summary>
    internal void CountBody(Jid person, DateTimeOffset now) => Of(person, now).LastBody = now.UtcTicks;

    /// <summary>Takes a message from the budgets of the person and of the room; false, and nothing is taken, when either is spent.</summary>
    internal bool TryTakeMessage(Jid person, DateTimeOffset now)
    {
        if (!Has(messages, limits.MessagesPerRoom, now))
            return false;
        if (limits.MessagesPerPerson > 0 && !TryTake(ref Of(person, now).Messages, limits.MessagesPerPerson, now))
            return false;
        return TryTake(ref messages, limits.MessagesPerRoom, now);
    }

    /// <summary>Takes a presence from the person's budget; false when it is spent.</summary>
    internal bool TryTakePresence(Jid person, DateTimeOffset now) =>
        limits.PresencesPerPerson == 0 || TryTake(ref Of(person, now).Presences, limits.PresencesPerPerson, now);

    /// <summary>Takes a change of availability from the room's budget; false when it is spent.</summary>
    internal bool TryTakeRoomPresence(DateTimeOffset now) => TryTake(ref presences, limits.PresencesPerRoom, now);

    /// <summary>Forgets those whose budgets are whole again.</summary>
    internal void Sweep(TimeSpan slowMode, DateTimeOffset now)
    {
        foreach (var (person, counter) in byPerson)
        {
            if (counter.Messages <= now.UtcTicks && counter.Presences <= now.UtcTicks && counter.LastBody + slowMode.Ticks <= now.UtcTicks)
                byPerson.Remove(person);
        }
        if (byPerson.Count == 0)
            byPerson.TrimExcess();
        NextSweep = byPerson.Count == 0 ? null : now + SweepTime(slowMode);
    }

    internal void Clear()
    {
        byPerson.Clear();
        messages = presences = 0;
        NextSweep = null;
    }

    private ref Counter Of(Jid person, DateTimeOffset now)
    {
        NextSweep ??= now + SweepTime(TimeSpan.Zero);
        return ref CollectionsMarshal.GetValueRefOrAddDefault(byPerson, person, out _);
    }

    private TimeSpan SweepTime(TimeSpan slowMode)
    {
        var longest = slowMode > limits.Window ? slowMode : limits.Window;
        return longest > LeastSweep ? longest : LeastSweep;
    }

    private bool Has(long spentUntil, int most, DateTimeOffset now) =>
        most == 0 || spentUntil - now.UtcTicks <= limits.Window.Ticks - Each(most);

    private bool TryTake(ref long spentUntil, int most, DateTimeOffset now)
    {
        if (most == 0)
            return true;
        if (!Has(spentUntil, most, now))
            return false;
        spentUntil = Math.Max(spentUntil, now.UtcTicks) + Each(most);
        return true;
    }

    private long Each(int most) => most == 0 ? limits.Window.Ticks : limits.Window.Ticks / most;
}
