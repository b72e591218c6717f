using MucGen.Rooms;
using MucGen.Rooms.Archive;

namespace MucGen.Server.Rooms;

/// <content>What rules ask the archive (<see cref="RoomTurn.Ask"/>), and how the answer comes back to the room.</content>
internal sealed partial class RoomActor
{
    /// <summary>Asks the archive, which by now has everything that this room recorded before in its queue.</summary>
    private void Ask(RoomQuestion question)
    {
        if (question.HoldsRoom)
            holding = question;
        else
            _ = AskAsync(question);
    }

    private async Task AskAsync(RoomQuestion question)
    {
        await Task.Yield(); // the room's own thread does not wait for the disk
        var answer = RoomInput.Answered(question, await ReadArchiveAsync(question.Query));
        if (await mailbox.PostAsync(new Letter(answer), CancellationToken.None))
            return;
        // The room left memory meanwhile: whatever it is now takes the request anew.
        using (question.Stanza)
            await host.PostAsync(address, RoomInput.OfStanza(question.Stanza, question.From, question.To), CancellationToken.None);
    }

    private async ValueTask<ArchivePage> ReadArchiveAsync(ArchiveQuery query)
    {
        try
        {
            return await services.Archives.ReadAsync(address, query, CancellationToken.None);
        }
        catch (Exception error)
        {
            services.Log.ArchiveFailed(error, address);
            return ArchivePage.Failed;
        }
    }
}
