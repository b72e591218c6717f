using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MucGen.Xml;

namespace MucGen.Protocol;

/// <summary>
/// The session of a command between its form and the submission (XEP-0050 2.4). Nothing is kept of it: its identifier says when it began, and carries
/// a seal that only the right requester, command and address match. So a session outlasts a restart, costs nothing, and an old one can be told from a
/// false one.
/// </summary>
public static class CommandSession
{
    /// <summary>How long a form may be filled in.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    private const int NonceLength = 12;

    /// <summary>A new session's identifier.</summary>
    internal static string Begin(ICommandTurn turn, Jid requester, string node)
    {
        Span<byte> nonce = stackalloc byte[NonceLength];
        turn.NextCommandId(nonce);
        var start = string.Create(CultureInfo.InvariantCulture, $"{turn.Now.ToUnixTimeSeconds():x}.{Encoding.ASCII.GetString(nonce)}");
        return $"{start}.{Seal(turn, requester, node, start)}";
    }

    /// <summary>Whether a session with this identifier was begun by this requester for this command here, however long ago.</summary>
    internal static bool IsOurs(ICommandTurn turn, Jid requester, string node, string sessionId)
    {
        var end = sessionId.LastIndexOf('.');
        return end > 0 && CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(sessionId[(end + 1)..]), Encoding.UTF8.GetBytes(Seal(turn, requester, node, sessionId[..end])));
    }

    /// <summary>Whether a session has been left alone for too long.</summary>
    internal static bool IsExpired(string sessionId, DateTimeOffset now) =>
        !long.TryParse(sessionId.Split('.', 2)[0], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var begun)
        || now - DateTimeOffset.FromUnixTimeSeconds(begun) > Lifetime;

    private static string Seal(ICommandTurn turn, Jid requester, string node, string start)
    {
        var sealedText = Encoding.UTF8.GetBytes($"command\n{start}\n{turn.CommandAddress}\n{requester}\n{node}");
        return Base64Url.EncodeToString(HMACSHA256.HashData(turn.CommandSecret, sealedText));
    }
}
