using MucGen.Protocol;
using MucGen.Xml;

namespace MucGen.Benchmarks;

/// <summary>What somebody would write by hand over the untyped views to read and check a muc#user payload.</summary>
internal static class HandWrittenReader
{
    private const ElementKey ReasonKey = (ElementKey)0x1df36d10;

    public static int Read(ElementView x)
    {
        if (x.Key != MucUserView.Key)
            return -1;
        var sum = 0;
        foreach (var child in x.Children)
        {
            var value = child.Key switch
            {
                MucUserItemView.Key => ReadItem(child),
                MucUserStatusView.Key => ReadStatus(child),
                _ => 0,
            };
            if (value < 0)
                return -1;
            sum += value;
        }
        return sum;
    }

    private static int ReadStatus(ElementView status) =>
        status.Attribute("code"u8).TryParseInt32(out var code) && code is >= 100 and <= 999 ? code : -1;

    private static int ReadItem(ElementView item)
    {
        var sum = 0;
        foreach (var attribute in item.Attributes)
        {
            var value = attribute.Value;
            if (attribute.Name.SequenceEqual("affiliation"u8))
            {
                if (!MucAffiliationNames.TryParse(value, out var affiliation))
                    return -1;
                sum += (int)affiliation;
            }
            else if (attribute.Name.SequenceEqual("role"u8))
            {
                if (!MucRoleNames.TryParse(value, out var role))
                    return -1;
                sum += (int)role;
            }
            else if (attribute.Name.SequenceEqual("jid"u8))
            {
                if (!FieldRules.IsJid(value))
                    return -1;
                sum += value.MaxUtf8Length;
            }
            else if (attribute.Name.SequenceEqual("nick"u8))
            {
                if (!FieldRules.IsNick(value))
                    return -1;
                sum += value.MaxUtf8Length;
            }
        }
        foreach (var child in item.Children)
        {
            if (child.Key == ReasonKey)
            {
                sum += child.Text.MaxUtf8Length;
            }
            else if (child.Key == MucUserActorView.Key)
            {
                var nick = child.Attribute("nick"u8);
                if (nick.IsPresent && !FieldRules.IsNick(nick))
                    return -1;
                sum += nick.MaxUtf8Length;
            }
        }
        return sum;
    }
}
