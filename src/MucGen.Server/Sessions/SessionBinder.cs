using MucGen.Protocol;
using MucGen.Rooms;
using MucGen.Server.Rooms;
using MucGen.Xml;

namespace MucGen.Server.Sessions;

/// <summary>Brings sessions into the tables and takes them out again, telling everybody whom it concerns, once.</summary>
internal sealed class SessionBinder(SessionTable table, IAccountRouter accounts, IRoomHost rooms, int maxPerAccount)
{
    /// <summary>
    /// Binds a session. A session that holds the same address already loses it: it ends with conflict, and the new one waits until
    /// everybody knows that the old one is gone (RFC 6120 7.7.2.2, third way), so that nothing for the old one reaches it. Null when the account has too many sessions.
    /// </summary>
    public async ValueTask<Session?> BindAsync(Jid fullJid, string? language, ISessionStream stream, CancellationToken cancellationToken)
    {
        var session = new Session(fullJid, language, stream);
        while (true)
        {
            if (!table.TryFind(fullJid, out _) && table.Of(session.Account).Count >= maxPerAccount)
                return null;
            if (table.TryAdd(session, out var holder))
                break;
            holder.End(StreamErrorCondition.Conflict, "Another client has taken this resource.");
            await holder.Gone.WaitAsync(cancellationToken);
        }
        try
        {
            await accounts.BoundAsync(session, cancellationToken);
            return session;
        }
        catch
        {
            await ReleaseAsync(session);
            throw;
        }
    }

    /// <summary>
    /// Takes a session out: no table knows it, its rooms and its account are told, and when they are done with it, its address is free. The session
    /// layer alone says this, and says it once.
    /// </summary>
    public async ValueTask ReleaseAsync(Session session)
    {
        if (!table.Remove(session))
            return;
        try
        {
            var told = Array.ConvertAll(session.Rooms.ToArray(), room => rooms.TellAsync(room, RoomInput.SessionGone(session.FullJid), CancellationToken.None));
            await accounts.GoneAsync(session);
            await Task.WhenAll(told);
        }
        catch (RoomFailedException)
        {
            // It is out of memory, and finds out by itself when it is loaded again.
        }
        finally
        {
            table.Free(session);
            session.MarkGone();
        }
    }
}
