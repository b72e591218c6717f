using MucGen.Protocol;

namespace MucGen.Rooms.Service;

/// <summary>What commands need between their stages where several threads may run them: outside the rooms, which keep theirs themselves. Thread-safe.</summary>
/// <param name="secret">The key of the sessions; they end with it.</param>
/// <param name="ids">Fresh identifiers; used by nobody else.</param>
public sealed class CommandSessions(ReadOnlyMemory<byte> secret, IIdSource ids)
{
    private readonly Lock gate = new();
    private readonly EndedCommands ended = new();

    /// <inheritdoc cref="ICommandTurn.CommandSecret"/>
    public ReadOnlySpan<byte> Secret => secret.Span;

    /// <inheritdoc cref="ICommandTurn.NextCommandId"/>
    public void NextId(Span<byte> id)
    {
        lock (gate)
            ids.Next(id);
    }

    /// <inheritdoc cref="ICommandTurn.HasEnded"/>
    public bool HasEnded(string sessionId)
    {
        lock (gate)
            return ended.Contains(sessionId);
    }

    /// <inheritdoc cref="ICommandTurn.End"/>
    public void End(string sessionId, DateTimeOffset now)
    {
        lock (gate)
            ended.Add(sessionId, now);
    }
}
