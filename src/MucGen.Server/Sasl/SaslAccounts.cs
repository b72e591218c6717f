using System.Security.Cryptography;
using System.Text;
using MucGen.Protocol;
using MucGen.Server.Storage;
using MucGen.Xml;

namespace MucGen.Server.Sasl;

/// <summary>Finds who logs in. Strangers get keys that look like anybody's and fit no password, so that nobody learns which names exist.</summary>
internal sealed class SaslAccounts(string domain, ICredentialStore store, ReadOnlyMemory<byte> strangersSecret, int iterations)
{
    /// <summary>The account of a SASL user name (the local part of its address), or a stranger with stable false keys.</summary>
    public async ValueTask<SaslAccount> FindAsync(string username, CancellationToken cancellationToken)
    {
        if (Jid.TryParse($"{username}@{domain}", out var jid, out _) && jid is { Local: not null, IsBare: true } && jid.Domain == domain)
        {
            var known = await store.FindAsync(jid, cancellationToken);
            return known is null ? Stranger(jid.ToString()) : new SaslAccount(jid, known);
        }
        return Stranger(username);
    }

    private SaslAccount Stranger(string name) => new(null, new Credentials(FalseKeys(ScramHash.Sha1, name), FalseKeys(ScramHash.Sha256, name)));

    private ScramKeys FalseKeys(ScramHash hash, string name)
    {
        var algorithm = ScramKeys.NameOf(hash);
        var salt = HMACSHA256.HashData(strangersSecret.Span, Encoding.UTF8.GetBytes($"salt {algorithm.Name} {name}"))[..Credentials.SaltBytes];
        var key = CryptographicOperations.HmacData(algorithm, strangersSecret.Span, Encoding.UTF8.GetBytes($"key {name}"));
        return new ScramKeys(salt, iterations, key, key);
    }
}

/// <summary>Whoever a login is about.</summary>
/// <param name="Jid">The bare address; null for a stranger.</param>
/// <param name="Credentials">Keys to verify with; for a stranger, false ones.</param>
internal readonly record struct SaslAccount(Jid? Jid, Credentials Credentials)
{
    /// <summary>Whether there is such an account.</summary>
    public bool Exists => Jid is not null;

    /// <summary>The login of who has proven to be this account: refused when the account is disabled, or is not the one to act as.</summary>
    public SaslStep Admit(string? authzid, ReadOnlyMemory<byte> data = default)
    {
        if (!MayActAs(authzid))
            return SaslStep.Fail(SaslCondition.InvalidAuthzid);
        return Credentials.IsDisabled ? SaslStep.Fail(SaslCondition.AccountDisabled) : SaslStep.Success(Jid!, data);
    }

    /// <summary>An authorisation identity may only be the account's own bare address (RFC 6120 6.3.8).</summary>
    private bool MayActAs(string? authzid) =>
        authzid is null || (Xml.Jid.TryParse(authzid, out var other, out _) && Jid is not null && Jid.Equals(other));
}
