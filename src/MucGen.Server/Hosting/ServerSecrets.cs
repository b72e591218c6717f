using System.Security.Cryptography;
using MucGen.Server.Storage;

namespace MucGen.Server.Hosting;

/// <summary>Secrets that the server makes once and keeps: what is derived from them must stay the same over restarts.</summary>
/// <param name="OccupantIds">Keys occupant ids (XEP-0421 4.1).</param>
/// <param name="Commands">Seals the sessions of ad-hoc commands (XEP-0050), so that a restart does not end them.</param>
/// <param name="Strangers">Keys the false SCRAM salts of unknown users (RFC 6120 13.11: they may not differ from day to day).</param>
internal sealed record ServerSecrets(byte[] OccupantIds, byte[] Commands, byte[] Strangers)
{
    private const int Bytes = 32;

    /// <summary>Reads the secrets, making them at the first start.</summary>
    public static async Task<ServerSecrets> LoadAsync(IValueStore values) => new(
        await values.GetOrCreateAsync("occupant-id-secret", static () => RandomNumberGenerator.GetBytes(Bytes)),
        await values.GetOrCreateAsync("command-secret", static () => RandomNumberGenerator.GetBytes(Bytes)),
        await values.GetOrCreateAsync("strangers-secret", static () => RandomNumberGenerator.GetBytes(Bytes)));
}
