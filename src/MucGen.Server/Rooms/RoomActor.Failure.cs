using MucGen.Rooms;
using MucGen.Rooms.Archive;
using MucGen.Rooms.Features;
using MucGen.Server.Storage;

namespace MucGen.Server.Rooms;

/// <content>How an actor ends that cannot go on.</content>
internal sealed partial class RoomActor
{
    /// <summary>
    /// The actor ends, the room does not: the journal has what was decided, which is still confirmed if it gets to disk. Stanzas that wait are refused, so
    /// that nobody waits for ever. What else waits is told to the next actor, which also tells those who are in the room that this one lost track of
    /// them. The input that the actor failed on is not tried again, and nothing is when the room cannot even be loaded.
    /// </summary>
    private async Task FailAsync(Exception error)
    {
        services.Log.RoomFailed(error, address);
        if (error is StorageFailedException)
            services.StorageFailed(error);
        var failure = new RoomFailedException(address, error);
        turn.Discard();
        if (!await TryCommitAsync())
            GiveUp(failure);

        mailbox.Close();
        var isLoaded = loaded.Task.IsCompleted;
        var left = new List<Letter>();
        if (deciding >= 0)
            Return(ref batch[deciding], failure);
        if (holding is { } question)
            Refuse(RoomInput.Answered(question, ArchivePage.Failed));
        for (var count = batch.Length; count > 0; count = mailbox.Take(batch))
        {
            foreach (ref var letter in batch.AsSpan(0, count))
            {
                if (isLoaded && letter.Input is { Kind: not RoomInputKind.Stanza, Stanza: null })
                    left.Add(letter);
                else
                    Return(ref letter, failure);
            }
        }
        Deliver(held);
        flush.Flush();
        Confirm();
        if (isLoaded)
            _ = host.RecoverAsync(address, this, left);
    }

    private async ValueTask<bool> TryCommitAsync()
    {
        try
        {
            await services.Journal.CommittedAsync();
            return true;
        }
        catch (StorageFailedException)
        {
            return false;
        }
    }

    /// <summary>What was decided gets to no disk, so nobody hears of it.</summary>
    private void GiveUp(RoomFailedException failure)
    {
        foreach (var (payload, _) in held)
            payload.Dispose();
        held.Clear();
        foreach (var done in awaited)
            done.SetException(failure);
        awaited.Clear();
    }

    /// <summary>Says to whoever sent a letter that nothing comes of it.</summary>
    private void Return(ref Letter letter, RoomFailedException failure)
    {
        if (letter.Input.Kind == RoomInputKind.ActivityAsked)
            services.Activity.Answer(address, letter.Input.From!, Unheard.NotTold);
        if (letter.Input.Stanza is not null)
            Refuse(letter.Input);
        letter.Done?.SetException(failure);
        letter = default;
    }

    private void Refuse(in RoomInput input)
    {
        turn.Begin(room, services.Time.GetUtcNow());
        RoomRules.Refuse(turn, input);
        held.AddRange(turn.Deliveries);
        Answer(input);
        input.Stanza!.Dispose();
    }
}
