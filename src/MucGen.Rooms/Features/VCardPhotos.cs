using System.Buffers;
using System.Security.Cryptography;
using MucGen.Protocol;

namespace MucGen.Rooms.Features;

/// <summary>The images of a vCard and their hashes (XEP-0153 3.1): SHA-1 of the bytes, not of their base64.</summary>
internal static class VCardPhotos
{
    /// <summary>The hash of each image; those that are empty or elsewhere have none. False when an image is not base64.</summary>
    public static bool TryHash(VCardView card, out List<string> hashes)
    {
        hashes = [];
        foreach (var photo in card.Photos)
        {
            if (!photo.Binval.IsPresent)
                continue;
            var image = ArrayPool<byte>.Shared.Rent(photo.Binval.MaxUtf8Length);
            try
            {
                if (!photo.Binval.TryDecodeBase64(image, out var length))
                    return false;
                if (length > 0)
                    hashes.Add(Hash(image.AsSpan(0, length)));
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(image);
            }
        }

        return true;
    }

    private static string Hash(ReadOnlySpan<byte> image)
    {
#pragma warning disable CA5350 // XEP-0153 3.1 names SHA-1: it tells images apart and protects nothing.
        return Convert.ToHexStringLower(SHA1.HashData(image));
#pragma warning restore CA5350
    }
}
