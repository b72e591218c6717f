using System.Security.Cryptography;

namespace MucGen.Rooms;

/// <summary>Identifiers from the system's random numbers, six bits a character; not for use by several threads at once.</summary>
public sealed class RandomIds : IIdSource
{
    private readonly byte[] random = new byte[512];
    private int used = 512;

    /// <inheritdoc/>
    public void Next(Span<byte> id)
    {
        foreach (ref var character in id)
        {
            if (used == random.Length)
            {
                RandomNumberGenerator.Fill(random);
                used = 0;
            }
            character = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"u8[random[used++] & 63];
        }
    }
}
