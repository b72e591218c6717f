using MucGen.Protocol;
using MucGen.Rooms.Journal;
using MucGen.Xml;

namespace MucGen.Rooms;

/// <summary>What commands need of a room (XEP-0050).</summary>
public sealed partial class RoomTurn : ICommandTurn
{
    /// <inheritdoc/>
    Jid ICommandTurn.CommandAddress => Room.Address;

    /// <inheritdoc/>
    ReadOnlySpan<byte> ICommandTurn.CommandSecret => Policy.OccupantIdSecret.Span;

    /// <inheritdoc/>
    void ICommandTurn.NextCommandId(Span<byte> id) => Ids.Next(id);

    /// <inheritdoc/>
    bool ICommandTurn.HasEnded(string sessionId) => Room.EndedCommands.Contains(sessionId);

    /// <inheritdoc/>
    void ICommandTurn.End(string sessionId)
    {
        // A room that the command has destroyed has no journal any more.
        if (Room.Exists)
            Record(new CommandEnded(sessionId, Now));
    }

    /// <inheritdoc/>
    void ICommandTurn.AnswerLater(Func<Task<IqAnswer>> work) => throw new NotSupportedException("A room waits for nothing.");
}
