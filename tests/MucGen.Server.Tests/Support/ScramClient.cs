using System.Security.Cryptography;
using System.Text;

namespace MucGen.Server.Tests.Support;

/// <summary>The client's side of SCRAM, with ways to do it wrong.</summary>
internal sealed class ScramClient(string mechanism, string user, string password)
{
    private byte[] serverSignature = [];

    public string Flag { get; init; } = "n";
    public string? Authzid { get; init; }
    public byte[] Binding { get; init; } = [];
    public bool BreaksNonce { get; init; }
    public bool BreaksBinding { get; init; }
    public byte[]? Salt { get; private set; }

    private HashAlgorithmName Hash => mechanism.StartsWith("SCRAM-SHA-256", StringComparison.Ordinal) ? HashAlgorithmName.SHA256 : HashAlgorithmName.SHA1;

    /// <summary>Runs the exchange; gives the element that ends it.</summary>
    public async Task<string> ExchangeAsync(StreamClient client)
    {
        var gs2 = $"{Flag},{(Authzid is null ? "" : "a=" + Authzid)},";
        var nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(12));
        var bare = $"n={user},r={nonce}";
        await client.SendAsync($"<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='{mechanism}'>{StreamClient.Base64(gs2 + bare)}</auth>");
        var challenge = await client.ReadAsync();
        if (!challenge.StartsWith("<challenge", StringComparison.Ordinal))
            return challenge;
        var serverFirst = Encoding.UTF8.GetString(Convert.FromBase64String(TextOf(challenge)));
        var parts = serverFirst.Split(',');
        Assert.StartsWith("r=" + nonce, parts[0], StringComparison.Ordinal);
        Salt = Convert.FromBase64String(parts[1][2..]);
        var iterations = int.Parse(parts[2][2..], System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(iterations, 4096, int.MaxValue);

        var size = Hash == HashAlgorithmName.SHA1 ? 20 : 32;
        var salted = Rfc2898DeriveBytes.Pbkdf2(password, Salt, iterations, Hash, size);
        var clientKey = CryptographicOperations.HmacData(Hash, salted, "Client Key"u8);
        var storedKey = CryptographicOperations.HashData(Hash, clientKey);
        byte[] channel = [.. Encoding.UTF8.GetBytes(gs2), .. Binding, .. BreaksBinding ? "x"u8 : default];
        var withoutProof = $"c={Convert.ToBase64String(channel)},{parts[0]}{(BreaksNonce ? "x" : "")}";
        var signed = Encoding.UTF8.GetBytes($"{bare},{serverFirst},{withoutProof}");
        var proof = CryptographicOperations.HmacData(Hash, storedKey, signed);
        for (var i = 0; i < proof.Length; i++)
            proof[i] ^= clientKey[i];
        serverSignature = CryptographicOperations.HmacData(Hash, CryptographicOperations.HmacData(Hash, salted, "Server Key"u8), signed);
        await client.SendAsync($"<response xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>{StreamClient.Base64($"{withoutProof},p={Convert.ToBase64String(proof)}")}</response>");
        return await client.ReadAsync();
    }

    /// <summary>Whether the server proved that it knows the password's keys, too.</summary>
    public bool Accepts(string success) => success.StartsWith("<success", StringComparison.Ordinal)
        && Encoding.UTF8.GetString(Convert.FromBase64String(TextOf(success))) == "v=" + Convert.ToBase64String(serverSignature);

    private static string TextOf(string element) => element[(element.IndexOf('>', StringComparison.Ordinal) + 1)..element.LastIndexOf('<')];
}
