using MucGen.Protocol;
using MucGen.Xml;

namespace MucGen.Benchmarks;

/// <summary>An answer of disco#info read by hand over the untyped views: first every check that its schema asks for, then every identity and feature.</summary>
internal static class HandWrittenDiscoReader
{
    /// <summary>Whether every part is right.</summary>
    public static bool Check(ElementView query)
    {
        if (query.Key != DiscoInfoQueryView.Key)
            return false;
        foreach (var child in query.Children)
        {
            var isRight = child.Key switch
            {
                DiscoInfoIdentityView.Key => CheckIdentity(child),
                DiscoInfoFeatureView.Key => child.Attribute("var"u8).IsPresent,
                DataFormView.Key => HandWrittenFormReader.Check(child),
                _ => true,
            };
            if (!isRight)
                return false;
        }
        return true;
    }

    /// <summary>Takes what an answer says that has been checked.</summary>
    public static int Read(ElementView query)
    {
        var sum = query.Attribute("node"u8).MaxUtf8Length;
        foreach (var child in query.Children)
        {
            switch (child.Key)
            {
                case DiscoInfoIdentityView.Key:
                    sum += ReadIdentity(child);
                    break;
                case DiscoInfoFeatureView.Key:
                    sum += child.Attribute("var"u8).MaxUtf8Length;
                    break;
                case DataFormView.Key:
                    sum += HandWrittenFormReader.Read(child);
                    break;
            }
        }
        return sum;
    }

    private static bool CheckIdentity(ElementView identity) =>
        FieldRules.HasLength(identity.Attribute("category"u8), 1, int.MaxValue) && FieldRules.HasLength(identity.Attribute("type"u8), 1, int.MaxValue);

    private static int ReadIdentity(ElementView identity) => identity.Attribute("category"u8).MaxUtf8Length
        + identity.Attribute("type"u8).MaxUtf8Length
        + identity.Attribute("name"u8).MaxUtf8Length;
}
