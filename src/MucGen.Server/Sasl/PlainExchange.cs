using MucGen.Protocol;
using MucGen.Server.Accounts;

namespace MucGen.Server.Sasl;

/// <summary>PLAIN: the password itself, for channels where nobody listens in (RFC 4616).</summary>
internal sealed class PlainExchange(SaslAccounts accounts) : SaslExchange
{
    public override async ValueTask<SaslStep> NextAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        if (!TrySplit(message.Span, out var authzid, out var username, out var password))
            return SaslStep.Fail(SaslCondition.MalformedRequest);
        var account = await accounts.FindAsync(username, cancellationToken);
        if (!IsRight(account, password))
            return SaslStep.Fail(SaslCondition.NotAuthorized);
        return account.Admit(authzid);
    }

    /// <summary>An unknown user's password is derived and compared as well, so that the time says nothing.</summary>
    private static bool IsRight(SaslAccount account, string password)
    {
        var isPrepared = SaslPrep.TryPrepare(password, out var prepared, out _);
        var matches = account.Credentials.Matches(isPrepared ? prepared : password);
        return matches && isPrepared && account.Exists;
    }

    /// <summary>[authzid] NUL authcid NUL passwd, strict UTF-8, the last two not empty.</summary>
    private static bool TrySplit(ReadOnlySpan<byte> message, out string? authzid, out string username, out string password)
    {
        (authzid, username, password) = (null, "", "");
        if (message.Count((byte)0) != 2)
            return false;
        var end = message.IndexOf((byte)0);
        var rest = message[(end + 1)..];
        var middle = rest.IndexOf((byte)0);
        if (!ScramText.TryDecode(message[..end], out var actAs) || !ScramText.TryDecode(rest[..middle], out username)
            || !ScramText.TryDecode(rest[(middle + 1)..], out password))
            return false;
        authzid = actAs.Length == 0 ? null : actAs;
        return username.Length > 0 && password.Length > 0;
    }
}
