using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MucGen.Transcripts.Running;

namespace MucGen.Transcripts.Tcp;

/// <summary>The client's side of SCRAM without channel binding (RFC 5802 section 5, RFC 7677).</summary>
internal sealed class ScramExchange
{
    private const string NoChannelBinding = "n,,";

    private readonly HashAlgorithmName hash;
    private readonly string password;
    private readonly string nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(18));
    private readonly string firstBare;
    private byte[] serverSignature = [];

    public ScramExchange(HashAlgorithmName hash, string user, string password)
    {
        this.hash = hash;
        this.password = password;
        firstBare = $"n={user.Replace("=", "=3D", StringComparison.Ordinal).Replace(",", "=2C", StringComparison.Ordinal)},r={nonce}";
    }

    public string ClientFirst => NoChannelBinding + firstBare;

    /// <summary>Answers the server's challenge with the client's proof.</summary>
    public string Answer(string serverFirst)
    {
        var fields = Fields(serverFirst);
        if (!fields.TryGetValue('r', out var joint) || !joint.StartsWith(nonce, StringComparison.Ordinal) || joint.Length == nonce.Length)
            throw new DialogueEndedException($"SCRAM: the server's nonce does not extend ours: {serverFirst}");
        var salted = Rfc2898DeriveBytes.Pbkdf2(
            Encoding.UTF8.GetBytes(password),
            Convert.FromBase64String(fields['s']),
            int.Parse(fields['i'], CultureInfo.InvariantCulture),
            hash,
            Digest([]).Length);
        var finalBare = $"c={Convert.ToBase64String(Encoding.UTF8.GetBytes(NoChannelBinding))},r={joint}";
        var signed = $"{firstBare},{serverFirst},{finalBare}";
        var clientKey = Keyed(salted, "Client Key");
        var proof = Keyed(Digest(clientKey), signed);
        for (var i = 0; i < proof.Length; i++)
            proof[i] ^= clientKey[i];
        serverSignature = Keyed(Keyed(salted, "Server Key"), signed);
        return $"{finalBare},p={Convert.ToBase64String(proof)}";
    }

    /// <summary>Checks that the server knows the password too.</summary>
    public void Verify(string serverFinal)
    {
        if (!Fields(serverFinal).TryGetValue('v', out var signature)
            || !CryptographicOperations.FixedTimeEquals(Convert.FromBase64String(signature), serverSignature))
            throw new DialogueEndedException($"SCRAM: the server did not prove that it knows the password: {serverFinal}");
    }

    private byte[] Keyed(byte[] key, string text) => CryptographicOperations.HmacData(hash, key, Encoding.UTF8.GetBytes(text));

    private byte[] Digest(byte[] data) => CryptographicOperations.HashData(hash, data);

    private static Dictionary<char, string> Fields(string message) => message.Split(',')
        .Where(field => field.Length > 1 && field[1] == '=')
        .ToDictionary(field => field[0], field => field[2..]);
}
