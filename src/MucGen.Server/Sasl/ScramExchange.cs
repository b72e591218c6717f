using System.Security.Cryptography;
using System.Text;
using MucGen.Protocol;
using MucGen.Server.Storage;

namespace MucGen.Server.Sasl;

/// <summary>SCRAM with SHA-1 or SHA-256, with and without channel binding, on the server's side (RFC 5802, RFC 7677).</summary>
internal sealed class ScramExchange(SaslMechanism mechanism, SaslChannel channel, SaslAccounts accounts) : SaslExchange
{
    private const int NonceBytes = 18;

    private readonly ScramHash hash = mechanism.Hash ?? throw new ArgumentException("no SCRAM mechanism", nameof(mechanism));
    private ScramClientFirst? first;
    private SaslAccount account;
    private string serverFirst = "";
    private string nonce = "";

    public override async ValueTask<SaslStep> NextAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        if (first is not null)
            return Finish(message.Span);
        if (!ScramClientFirst.TryRead(message.Span, out var read))
            return SaslStep.Fail(SaslCondition.MalformedRequest);
        if (RefuseBinding(read) is { } condition)
            return SaslStep.Fail(condition);
        first = read;
        account = await accounts.FindAsync(read.Username, cancellationToken);
        var keys = account.Credentials[hash];
        nonce = read.Nonce + Convert.ToBase64String(RandomNumberGenerator.GetBytes(NonceBytes));
        serverFirst = $"r={nonce},s={Convert.ToBase64String(keys.Salt)},i={keys.Iterations}";
        return SaslStep.Challenge(Encoding.ASCII.GetBytes(serverFirst));
    }

    /// <summary>The checks of RFC 5802 section 6; a client that says "y" here was lied to about what the server offers.</summary>
    private SaslCondition? RefuseBinding(ScramClientFirst read) => read.Flag switch
    {
        ScramBindingFlag.Required when !mechanism.BindsChannel || channel.BindingOf(read.BindingType).IsEmpty => SaslCondition.MalformedRequest,
        ScramBindingFlag.None or ScramBindingFlag.NotOffered when mechanism.BindsChannel => SaslCondition.MalformedRequest,
        ScramBindingFlag.NotOffered when channel.CanBind => SaslCondition.NotAuthorized,
        _ => null,
    };

    private SaslStep Finish(ReadOnlySpan<byte> message)
    {
        if (!ScramClientFinal.TryRead(message, out var final))
            return SaslStep.Fail(SaslCondition.MalformedRequest);
        var keys = account.Credentials[hash];
        var name = ScramKeys.NameOf(hash);
        byte[] signed = [.. first!.Bare.Span, (byte)',', .. Encoding.ASCII.GetBytes(serverFirst), (byte)',', .. final.WithoutProof.Span];

        // Everything is computed before anything is judged: a stranger's name costs what a known one costs.
        var isProven = IsProven(name, keys, signed, final.Proof);
        var isBound = CryptographicOperations.FixedTimeEquals(final.Binding, ExpectedBinding());
        if (!account.Exists || !isProven || !isBound || final.Nonce != nonce)
            return SaslStep.Fail(SaslCondition.NotAuthorized);
        var verifier = "v=" + Convert.ToBase64String(CryptographicOperations.HmacData(name, keys.ServerKey, signed));
        return account.Admit(first.Authzid, Encoding.ASCII.GetBytes(verifier));
    }

    private byte[] ExpectedBinding() => mechanism.BindsChannel
        ? [.. first!.Gs2Header.Span, .. channel.BindingOf(first.BindingType).Span]
        : first!.Gs2Header.ToArray();

    private static bool IsProven(HashAlgorithmName name, ScramKeys keys, byte[] signed, byte[] proof)
    {
        var clientSignature = CryptographicOperations.HmacData(name, keys.StoredKey, signed);
        if (proof.Length != clientSignature.Length)
            return false;
        for (var i = 0; i < proof.Length; i++)
            clientSignature[i] ^= proof[i];
        return CryptographicOperations.FixedTimeEquals(CryptographicOperations.HashData(name, clientSignature), keys.StoredKey);
    }
}
