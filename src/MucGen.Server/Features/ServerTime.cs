using System.Globalization;
using MucGen.Protocol;
using MucGen.Server.Accounts;

namespace MucGen.Server.Features;

/// <summary>What time it is here (XEP-0202).</summary>
[Feature("urn:xmpp:time")]
public static class ServerTime
{
    /// <summary>The instant in UTC, and the server's offset from it.</summary>
    [OnIq(IqType.Get)]
    public static void Tell(DomainTurn turn, EntityTimeView query)
    {
        var now = turn.Services.Time.GetUtcNow();
        var offset = turn.Services.Time.LocalTimeZone.GetUtcOffset(now);
        var sign = offset < TimeSpan.Zero ? '-' : '+';
        var writer = turn.StartResult();
        var time = EntityTimeWriter.Start(ref writer);
        time.Offset(offset == TimeSpan.Zero ? "Z" : string.Create(CultureInfo.InvariantCulture, $"{sign}{offset:hh\\:mm}"));
        time.Utc(now);
        time.End();
        turn.EndResult(ref writer);
    }
}
