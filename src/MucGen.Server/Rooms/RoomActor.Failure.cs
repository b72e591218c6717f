using MucGen.Rooms;
using MucGen.Rooms.Archive;
using MucGen.Rooms.Features;
using MucGen.Server.Storage;

namespace MucGen.Server.Rooms;

/// <content>How an actor ends that cannot go on.</content>
internal sealed partial class RoomActor
{
    /// <summary>
    /// The actor ends, the room does not: the journal has what was decided, which is still confirmed if it gets to disk. Whatever waits is refused, so
    /// that nobody waits for ever, and the next actor tells those who are in the room that it lost track of them.
    /// </summary>
    private async Task FailAsync(Exception error)
    {
        services.Log.RoomFailed(error, address);
        if (error is StorageFailedException)
            services.StorageFailed(error);
        foreach (var (payload, _) in turn.Deliveries)
            payload.Dispose();
        try
        {
            await services.Journal.CommittedAsync();
        }
        catch (StorageFailedException)
        {
            Drop(held);
        }
        mailbox.Close();
        if (holding is { } question)
        {
            var asked = RoomInput.Answered(question, ArchivePage.Failed);
            Refuse(ref asked);
        }
        for (var count = batch.Length; count > 0; count = mailbox.Take(batch))
            foreach (ref var input in batch.AsSpan(0, count))
                Refuse(ref input);
        Deliver(held);
        flush.Flush();
        if (loaded.Task.IsCompleted)
            _ = host.RecoverAsync(address, this);
    }

    private void Refuse(ref RoomInput input)
    {
        if (input.Kind == RoomInputKind.ActivityAsked)
            services.Activity.Answer(address, input.From!, Unheard.NotTold);
        if (input.Stanza is not { } stanza)
            return;
        turn.Begin(room, services.Time.GetUtcNow());
        RoomRules.Refuse(turn, input);
        held.AddRange(turn.Deliveries);
        Answer(input);
        stanza.Dispose();
        input = default;
    }

    private static void Drop(List<Delivery> deliveries)
    {
        foreach (var (payload, _) in deliveries)
            payload.Dispose();
        deliveries.Clear();
    }
}
